package app.ringfence.phone.screening

import android.app.NotificationManager
import android.app.role.RoleManager
import android.content.Context
import android.content.ContextWrapper
import android.content.pm.PackageManager
import android.content.res.AssetManager
import android.content.res.Resources
import android.os.UserManager
import app.ringfence.Failure
import app.ringfence.phone.AppTest
import app.ringfence.phone.Parts
import app.ringfence.phone.root
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowLooper
import java.io.File
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/** The parts as on a phone: the database in the APK, a background thread, and a phone that is still locked. */
class OfPhoneTest : AppTest() {
    private val storage get() = context.createDeviceProtectedStorageContext()

    @Test
    fun theDatabaseIsReadFromTheApk() {
        onPhone {
            val telecom = Telecom()
            assertEquals(Flags.REJECTED, telecom.ring(FILM))
            settle()
            assertEquals(1, parts.ringfence.log.calls().size)
            val now = System.currentTimeMillis()
            assertTrue(parts.choices.lastAsked in now - 60_000..now)
            assertEquals(1, shownNotices(context).size)
        }
    }

    @Test
    fun aDamagedDatabaseThatWasFetchedHindersNothing() {
        val fetched = Parts.fetchedDatabase(storage)
        val bundled = root.resolve("data/bundled.rfdb").readBytes()
        val damaged = bundled.copyOf().also { for (i in 1_000 until it.size) it[i] = 0 }
        for (bytes in listOf(ByteArray(0), ByteArray(5_000) { it.toByte() }, bundled.copyOf(bundled.size / 2), damaged, bundled)) {
            fetched.delete()
            fetched.writeBytes(bytes)
            onPhone { assertEquals("${bytes.size} bytes", Flags.REJECTED, Telecom().ring(FILM)) }
        }
    }

    @Test
    fun withoutTheAssetEveryCallRings() {
        // The system's own assets instead of the app's.
        val without = object : ContextWrapper(app) {
            override fun createDeviceProtectedStorageContext(): Context = object : ContextWrapper(storage) {
                override fun getAssets(): AssetManager = Resources.getSystem().assets
            }
        }
        onPhone(Parts.ofPhone(without)) {
            assertEquals(Flags.ALLOWED, Telecom().ring(FILM))
            settle()
            assertEquals(Failure.DATABASE, parts.seenCalls.latest(FILM)?.verdict?.failure)
            assertEquals(0, shownNotices(context).size)
        }
        // One that was fetched is used all the same.
        root.resolve("data/bundled.rfdb").copyTo(Parts.fetchedDatabase(storage))
        onPhone(Parts.ofPhone(without)) { assertEquals(Flags.REJECTED, Telecom().ring(FILM)) }
    }

    @Test
    fun beforeTheFirstUnlock() {
        shadowOf(checkNotNull(context.getSystemService(UserManager::class.java))).setUserUnlocked(false)
        val before = files(context.dataDir)
        onPhone {
            val telecom = Telecom()
            assertEquals(Flags.REJECTED, telecom.ring(FILM))
            settle()
            shownNotices(context).single().notification.actions[0].actionIntent.send()
            settle()
            ShadowLooper.idleMainLooper()
            settle()
            assertEquals(Flags.ALLOWED, telecom.ring(FILM))
            settle()
            assertEquals(2, parts.ringfence.log.calls().size)
            // What the phone keeps under lock until then is as it was.
            assertEquals(before, files(context.dataDir))
            assertFalse(context.dataDir.startsWith(storage.dataDir) || storage.dataDir.startsWith(context.dataDir))
            assertTrue(files(storage.dataDir).isNotEmpty())
        }
    }

    @Test
    fun whatACallNeedsIsThereBeforeTheFirstUnlock() {
        val flags = PackageManager.GET_SERVICES or PackageManager.GET_RECEIVERS or PackageManager.GET_ACTIVITIES
        val info = context.packageManager.getPackageInfo(context.packageName, flags)
        val components = (info.services.orEmpty().toList() + info.receivers.orEmpty() + info.activities.orEmpty()).associateBy { it.name.substringAfterLast('.') }
        for (name in listOf("ScreeningService", "NoticeReceiver", "CheckActivity", "PostCallActivity")) {
            assertTrue(name, components[name]?.directBootAware == true)
        }
        val service = info.services.orEmpty().single { it.name == ScreeningService::class.java.name }
        assertEquals("android.permission.BIND_SCREENING_SERVICE", service.permission)
        assertTrue(service.exported)
    }

    /** Whether the app holds the role is the system's matter: it asks, so it is answered. */
    @Test
    @Suppress("DEPRECATION") // Robolectric's newer way needs a user's handle that is hidden.
    fun withoutTheRole() {
        val roles = checkNotNull(context.getSystemService(RoleManager::class.java))
        assertFalse(roles.isRoleHeld(RoleManager.ROLE_CALL_SCREENING))
        british()
        assertEquals(Flags.REJECTED, Telecom().ring(FILM))
        shadowOf(roles).addHeldRole(RoleManager.ROLE_CALL_SCREENING)
        app.now += 1000
        assertEquals(Flags.REJECTED, Telecom().ring(FILM))
        shadowOf(roles).removeHeldRole(RoleManager.ROLE_CALL_SCREENING)
        app.now += 1000
        assertEquals(Flags.REJECTED, Telecom().ring(FILM))
        assertNull(context.getSystemService(NotificationManager::class.java)?.getNotificationChannel("after"))
    }

    private fun onPhone(made: Parts = Parts.ofPhone(app), work: () -> Unit) {
        app.use(made)
        try {
            work()
        } finally {
            settle()
            parts.ringfence.close()
        }
    }

    /** Waits for what runs in the background. */
    private fun settle() {
        val done = CountDownLatch(1)
        parts.background.execute { done.countDown() }
        assertTrue(done.await(20, TimeUnit.SECONDS))
    }

    private fun files(folder: File) = folder.walk().map { it.path to if (it.isFile) it.readBytes().contentHashCode() else 0 }.toSet()
}
