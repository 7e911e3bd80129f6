package app.ringfence.phone.check

import app.ringfence.Action
import app.ringfence.CallWindow
import app.ringfence.Direction
import app.ringfence.Verdict
import app.ringfence.phone.AppTest
import app.ringfence.phone.MainActivity
import app.ringfence.phone.NOW
import app.ringfence.phone.screening.STRANGER
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

/** Programs for remote access that are on the phone, with the real core. */
class RemoteToolsTest : AppTest() {
    @Before
    fun afterACall() {
        british()
        parts.seenCalls.add(STRANGER, Direction.INCOMING, Verdict(Action.ALLOW), NOW)
        app.now = NOW + 10 * MINUTE
    }

    @Test
    fun `when it came decides how it is said`() {
        val came = mapOf(
            NOW + 5 * MINUTE to "AnyDesk was put on this phone during the call",
            NOW + 10 * MINUTE to "AnyDesk was put on this phone during the call",
            0L to "AnyDesk is on this phone too.",
            NOW - 2 * DAY to "AnyDesk is on this phone too.",
        )
        for ((at, words) in came) {
            install(app, ANYDESK, at)
            check { activity -> assertTrue("$at: ${activity.texts()}", activity.shows(words)) }
        }
        install(app, ANYDESK, NOW - 400 * DAY)
        check { activity -> assertFalse(activity.shows("AnyDesk")) }
        // It had been put away, and came back.
        install(app, ANYDESK, NOW - 400 * DAY, updated = NOW + MINUTE)
        check { activity -> assertTrue(activity.shows("AnyDesk was put on or renewed during the call")) }
    }

    @Test
    fun `what is no such program is not spoken of`() {
        install(app, "org.example.game", NOW + MINUTE)
        check { activity -> assertFalse(activity.shows("this phone during")) }
    }

    @Test
    fun `one that comes while the check is open, and one that goes`() {
        check { activity ->
            assertFalse(activity.shows("AnyDesk"))
            app.now += 5 * MINUTE
            install(app, ANYDESK, app.now)
            controller.pause().resume()
            assertTrue(activity.shows("AnyDesk was put on this phone after the call"))
            shadowOf(app.packageManager).removePackage(ANYDESK)
            controller.pause().resume()
            assertFalse(activity.shows("was put on this phone"))
            assertTrue(activity.shows("AnyDesk is gone"))
            assertTrue(controller.revived().get().shows("AnyDesk is gone"))
        }
    }

    @Test
    fun `with one that came with the call, the first steps are to end it and to cut them off`() {
        install(app, ANYDESK, NOW + 5 * MINUTE)
        check { activity ->
            activity.tap("I am not sure")
            activity.tap("Show me what to do now")
            val steps = activity.texts().filter { Regex("^[12]\\. ").containsMatchIn(it) }
            assertTrue("$steps", "End the call" in steps[0] && "cut it off now" in steps[1])
        }
    }

    @Test
    fun `about some call, the last day counts`() {
        install(app, ANYDESK, app.now - 20 * 60 * MINUTE)
        parts.choices.welcomed = true
        Robolectric.buildActivity(MainActivity::class.java).use {
            val activity = it.setup().get()
            activity.go(CheckScreen.about(null))
            assertTrue(activity.shows("AnyDesk was put on this phone in the last day"))
        }
    }

    @Test
    fun `a call is as long as is known, and never days`() {
        assertEquals(CallWindow(NOW, NOW + MINUTE), RemoteTools.window(NOW, NOW + MINUTE))
        assertEquals(CallWindow(NOW, NOW + 120 * MINUTE), RemoteTools.window(NOW, NOW + 3 * DAY))
        assertEquals(CallWindow(NOW - DAY, NOW), RemoteTools.window(null, NOW))
    }

    private lateinit var controller: ActivityController<CheckActivity>

    /** Opens the check anew. */
    private fun check(look: (CheckActivity) -> Unit) {
        controller = Robolectric.buildActivity(CheckActivity::class.java, CheckActivity.intent(app, NOW)).setup()
        look(controller.get())
        if (!controller.get().isDestroyed) controller.close()
    }

    private companion object {
        const val MINUTE = 60_000L
        const val DAY = 24 * 60 * MINUTE
        const val ANYDESK = "com.anydesk.anydeskandroid"
    }
}
