package app.ringfence.phone.selftest

import android.app.ActivityManager
import android.app.NotificationChannel
import android.app.NotificationManager
import android.content.ComponentName
import android.content.pm.PackageManager
import android.os.PowerManager
import app.ringfence.DatabaseSource
import app.ringfence.Ringfence
import app.ringfence.RingfenceException
import app.ringfence.fakes.FakeRingfence
import app.ringfence.phone.CallScreening
import app.ringfence.phone.Parts
import app.ringfence.phone.home.PhoneTest
import app.ringfence.phone.screening.ScreeningService
import app.ringfence.phone.ui.Tone
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf

class FindingsTest : PhoneTest() {
    private val found get() = Findings.of(context, parts)

    @Test
    fun `a phone on which all is well`() {
        protectedPhone()
        parts.choices.lastAsked = app.now
        assertEquals(emptyList<Line>(), SelfTest.lines(found).filter { it.tone != Tone.GOOD })
        assertEquals("2026.11.22", found.database?.release)
    }

    @Test
    fun `the role`() {
        assertFalse(found.rolePossible)
        offerRole()
        assertTrue(found.rolePossible)
        assertFalse(found.roleHeld)
        holdRole()
        assertTrue(found.roleHeld)
        loseRole()
        assertFalse(found.roleHeld)
    }

    @Test
    fun `a service that was switched off, and on again`() {
        assertTrue(found.serviceEnabled)
        context.packageManager.setComponentEnabledSetting(
            ComponentName(context, ScreeningService::class.java),
            PackageManager.COMPONENT_ENABLED_STATE_DISABLED,
            PackageManager.DONT_KILL_APP,
        )
        assertFalse(found.serviceEnabled)
        CallScreening.enableService(context)
        assertTrue(found.serviceEnabled)
    }

    @Test
    fun `notifications, and one kind of them`() {
        allowNotices(true)
        assertTrue(found.notices)
        assertFalse(found.mutedKind)
        val channel = NotificationChannel("test", "test", NotificationManager.IMPORTANCE_NONE)
        context.getSystemService(NotificationManager::class.java)?.createNotificationChannel(channel)
        assertTrue(found.mutedKind)
        allowNotices(false)
        assertFalse(found.notices)
    }

    @Test
    fun `the battery`() {
        assertFalse(found.backgroundRestricted)
        assertFalse(found.batteryFree)
        shadowOf(context.getSystemService(ActivityManager::class.java)).setBackgroundRestricted(true)
        shadowOf(context.getSystemService(PowerManager::class.java)).setIgnoringBatteryOptimizations(context.packageName, true)
        assertTrue(found.backgroundRestricted)
        assertTrue(found.batteryFree)
    }

    @Test
    fun `settings that cannot be read`() {
        breakSettings()
        assertTrue(found.unreadableSettings)
        assertEquals("2026.11.22", found.database?.release)
    }

    @Test
    fun `a database that cannot be read`() {
        val file = context.filesDir.resolve("broken.rfdb").apply { writeText("no database") }
        app.make = { it.realParts(Ringfence.open(Parts.folder(context), DatabaseSource.InFile(file))) }
        assertNull(found.database)
        assertEquals(Findings.Trouble.DATABASE, found.trouble)
    }

    @Test
    fun `a storage that fails`() {
        val fake = FakeRingfence()
        fake.databases.fails = RingfenceException.Storage("full")
        app.make = { it.realParts(fake) }
        assertEquals(Findings.Trouble.STORAGE, found.trouble)
    }

    @Test
    fun `when the system asked`() {
        assertEquals(0, found.lastAsked)
        parts.choices.lastAsked = app.now
        assertEquals(app.now, found.lastAsked)
        val line = SelfTest.lines(found.copy(now = app.now + 2 * HOUR)).single { it.check == Check.ASKED }
        assertEquals("The last time: 2 hours ago.", line.text(context, app.now + 2 * HOUR).toString())
    }
}
