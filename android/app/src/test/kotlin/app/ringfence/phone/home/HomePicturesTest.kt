package app.ringfence.phone.home

import app.ringfence.Category
import app.ringfence.Switch
import app.ringfence.phone.NOW
import app.ringfence.phone.Pictures
import app.ringfence.phone.screens.AboutScreen
import app.ringfence.phone.screens.DatabaseScreen
import app.ringfence.phone.screens.FirstRunScreen
import app.ringfence.phone.screens.ForHelperScreen
import app.ringfence.phone.screens.SelfTestScreen
import app.ringfence.phone.screens.SetUpForSomeoneScreen
import app.ringfence.phone.screens.SwitchOffScreen
import app.ringfence.phone.ui.Screen
import org.junit.Test
import org.robolectric.util.ReflectionHelpers

class HomePicturesTest : PhoneTest() {
    @Test
    fun `the first run`() {
        offerRole()
        british()
        picture("first-run-1") { null }
        picture("first-run-2") { FirstRunScreen().apply { state.putInt("step", 1) } }
        picture("first-run-2-refused") {
            FirstRunScreen().apply {
                state.putInt("step", 1)
                state.putBoolean("refused", true)
            }
        }
        allowNotices(false)
        picture("first-run-3") { FirstRunScreen().apply { state.putInt("step", 2) } }
    }

    @Test
    fun home() {
        protectedPhone()
        parts.ringfence.settings.change { it.copy(switches = mapOf(Category.PAGER to Switch.SILENCE)) }
        for ((number, hours) in listOf(FAKED to 5L, "07700 900124" to 30L, PAGER to 50L, null to 70L, STRANGER to 90L, "07400 123457" to 91L)) {
            rang(number, hours)
        }
        picture("home-protected") { null }
        parts.choices.protection = false
        picture("home-not-protected") { null }
        parts.choices.protection = true
        picture("switch-off") { SwitchOffScreen() }
        parts.choices.helper("Anna", STRANGER)
        picture("set-up-for-someone") { SetUpForSomeoneScreen() }
        parts.choices.simple = true
        picture("home-simple") { null }
        picture("for-helper") { ForHelperScreen() }
    }

    @Test
    fun `what is known of it`() {
        protectedPhone()
        picture("database") { DatabaseScreen() }
        picture("about") { AboutScreen() }
        ReflectionHelpers.setStaticField(android.os.Build::class.java, "MANUFACTURER", "samsung")
        loseRole()
        allowNotices(false)
        app.now = NOW + 70 * 24 * HOUR
        parts.choices.lastAsked = app.now - 26 * HOUR
        picture("self-test") { SelfTestScreen() }
    }

    /** The screen over home, or what the app opens with. */
    private fun picture(name: String, screen: () -> Screen?) = Pictures.check(name) { draw ->
        opened { phone ->
            val top = screen()
            if (top is FirstRunScreen) phone.activity.replace(top) else if (top != null) phone.activity.go(top)
            draw(phone.activity)
        }
    }
}
