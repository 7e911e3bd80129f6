package app.ringfence.phone.home

import android.content.Intent
import android.service.quicksettings.TileService
import app.ringfence.phone.MainActivity
import app.ringfence.phone.screens.FirstRunScreen
import app.ringfence.phone.screens.HomeScreen
import app.ringfence.phone.screens.SettingsScreen
import app.ringfence.phone.screens.SwitchOffScreen
import app.ringfence.phone.screens.WhyScreen
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

class MainActivityTest : PhoneTest() {
    @Test
    fun `why lies over home`() {
        protectedPhone()
        rang(PAGER, 1)
        opened(MainActivity.why(context, app.now - HOUR)) {
            assertTrue(it.top is WhyScreen)
            it.activity.back()
            assertTrue(it.top is HomeScreen)
        }
    }

    @Test
    fun `why of another call replaces what was open`() {
        protectedPhone()
        rang(PAGER, 1)
        opened {
            it.activity.go(SettingsScreen())
            it.controller.newIntent(MainActivity.why(context, app.now - HOUR))
            assertTrue(it.top is WhyScreen)
            it.rotate()
            assertTrue(it.top is WhyScreen)
            it.activity.back()
            assertTrue(it.top is HomeScreen)
        }
    }

    @Test
    fun `the reasons of two calls are two intents, without a number`() {
        val intents = listOf(1_000L, 2_000L).map { MainActivity.why(context, it) }
        assertFalse(intents[0].filterEquals(intents[1]))
        assertTrue(intents[0].filterEquals(MainActivity.why(context, 1_000L)))
        assertEquals(1, intents[0].extras?.size())
    }

    @Test
    fun `a long press on the tile opens home`() {
        val intent = Intent(TileService.ACTION_QS_TILE_PREFERENCES).setPackage(context.packageName).addCategory(Intent.CATEGORY_DEFAULT)
        val resolved = context.packageManager.resolveActivity(intent, 0)
        assertEquals(MainActivity::class.java.name, resolved?.activityInfo?.name)
        protectedPhone()
        opened(intent) {
            it.says("You are protected")
            it.activity.go(SettingsScreen())
            it.controller.newIntent(intent)
            assertTrue(it.top is HomeScreen)
        }
    }

    @Test
    fun `the launcher brings back what was open`() {
        protectedPhone()
        opened {
            it.activity.go(SettingsScreen())
            it.controller.newIntent(Intent(Intent.ACTION_MAIN))
            assertTrue(it.top is SettingsScreen)
        }
    }

    @Test
    fun `the tile's question`() {
        protectedPhone()
        opened(MainActivity.switchOff(context)) {
            assertTrue(it.top is SwitchOffScreen)
            assertTrue(parts.choices.protection)
            it.tap("Keep it on")
            it.says("You are protected")
        }
        parts.choices.protection = false
        opened(MainActivity.switchOff(context)) { assertTrue(it.top is HomeScreen) }
    }

    @Test
    fun `before the first run is over, that comes first`() {
        opened(MainActivity.why(context, 1_000L)) {
            it.activity.back()
            assertTrue(it.top is FirstRunScreen)
        }
    }
}
