package app.ringfence.phone.tile

import android.app.PendingIntent
import android.content.Intent
import android.graphics.drawable.Icon
import android.os.Binder
import android.os.Bundle
import android.os.IBinder
import android.service.quicksettings.IQSService
import android.service.quicksettings.IQSTileService
import android.service.quicksettings.Tile
import app.ringfence.phone.MainActivity
import app.ringfence.phone.home.PhoneTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowLooper

/** The tile as the system's panel drives it. */
class ProtectionTileTest : PhoneTest() {
    @Test
    fun `on, off, and set up`() {
        protectedPhone()
        tile {
            assertEquals(Tile.STATE_ACTIVE to "On", it.shown())
            assertEquals("Ringfence checks calls: On", it.tile.contentDescription)
        }
        parts.choices.protection = false
        tile { assertEquals(Tile.STATE_INACTIVE to "Off", it.shown()) }
        loseRole()
        tile { assertEquals(Tile.STATE_INACTIVE to "Tap to set up", it.shown()) }
    }

    @Test
    fun `a phone that lets no app check calls`() = tile { assertEquals(Tile.STATE_UNAVAILABLE to "Not on this phone", it.shown()) }

    @Test
    fun `a tap switches it on at once`() {
        protectedPhone()
        parts.choices.protection = false
        tile {
            it.tap()
            assertTrue(parts.choices.protection)
            assertEquals(Tile.STATE_ACTIVE to "On", it.shown())
            assertNull(it.opened)
        }
    }

    @Test
    fun `a tap switches nothing off, but asks`() {
        protectedPhone()
        tile {
            it.tap()
            assertTrue(parts.choices.protection)
            assertTrue(MainActivity.switchOff(context).filterEquals(it.opened))
        }
    }

    @Test
    fun `on a locked phone nothing is switched off either`() {
        protectedPhone()
        tile {
            shadowOf(it.service).setLocked(true)
            it.tap()
            assertTrue(parts.choices.protection)
            assertTrue(MainActivity.switchOff(context).filterEquals(it.opened))
        }
    }

    @Test
    fun `without the role it opens the app`() {
        protectedPhone()
        loseRole()
        tile {
            it.tap()
            assertTrue(MainActivity.home(context).filterEquals(it.opened))
        }
    }

    @Test
    fun `it can be found by the panel`() {
        val services = context.packageManager.queryIntentServices(Intent("android.service.quicksettings.action.QS_TILE").setPackage(context.packageName), 0)
        assertEquals(listOf(ProtectionTile::class.java.name), services.map { it.serviceInfo.name })
    }

    private fun tile(test: (Panel) -> Unit) = test(Panel())

    /** The system's side. */
    private class Panel : IQSService.Stub() {
        val service: ProtectionTile = Robolectric.buildService(ProtectionTile::class.java).create().get()
        private val token = Binder()
        private val bound: IQSTileService
        var opened: Intent? = null

        init {
            val intent = Intent().apply {
                putExtras(Bundle().apply {
                    putBinder("service", this@Panel)
                    putBinder("token", token)
                })
            }
            bound = IQSTileService.Stub.asInterface(service.onBind(intent))
            bound.onStartListening()
            ShadowLooper.idleMainLooper()
        }

        val tile: Tile get() = service.qsTile

        fun shown(): Pair<Int, String> = tile.state to "${tile.subtitle}"

        fun tap() {
            bound.onClick(token)
            ShadowLooper.idleMainLooper()
        }

        override fun getTile(token: IBinder?): Tile = Tile()
        override fun updateQsTile(tile: Tile?, token: IBinder?) = Unit
        override fun updateStatusIcon(token: IBinder?, icon: Icon?, description: String?) = Unit
        override fun onShowDialog(token: IBinder?) = Unit
        override fun onStartActivity(token: IBinder?) = Unit
        override fun startActivity(token: IBinder?, intent: PendingIntent?) {
            assertTrue(checkNotNull(intent).isImmutable)
            opened = shadowOf(intent).savedIntent
        }
        override fun isLocked(): Boolean = false
        override fun isSecure(): Boolean = false
        override fun startUnlockAndRun(token: IBinder?) = Unit
        override fun onDialogHidden(token: IBinder?) = Unit
        override fun onStartSuccessful(token: IBinder?) = Unit
    }
}
