package app.ringfence.phone.check

import android.content.Intent
import android.view.WindowManager
import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.Direction
import app.ringfence.Verdict
import app.ringfence.phone.AppTest
import app.ringfence.phone.MainActivity
import app.ringfence.phone.NOW
import app.ringfence.phone.notices.Notices
import app.ringfence.phone.screening.STRANGER
import app.ringfence.phone.screening.inBackground
import app.ringfence.phone.screening.shownNotices
import app.ringfence.phone.screening.use
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.android.controller.ActivityController

/** What the check must never do to the person. */
class CheckSafetyTest : AppTest() {
    @Before
    fun aCall() {
        british()
        parts.seenCalls.add(STRANGER, Direction.INCOMING, Verdict(Action.ALLOW), NOW)
    }

    @Test
    fun `no answer can be tapped before it has looked, so none moves under the finger`() {
        val queue = ArrayDeque<Runnable>()
        app.use(parts.inBackground { queue.add(it) })
        open().use { controller ->
            val activity = controller.get()
            assertFalse(activity.shows("No, it was fine"))
            assertTrue(activity.shows("One moment"))
            while (queue.isNotEmpty()) queue.removeFirst().run()
            assertTrue(activity.shows("No, it was fine"))
        }
    }

    @Test
    fun `whoever watches by remote control does not see it, in the app neither`() {
        fun secret(flags: Int) = flags and WindowManager.LayoutParams.FLAG_SECURE != 0
        open().use { assertTrue(secret(it.get().window.attributes.flags)) }
        parts.choices.welcomed = true
        Robolectric.buildActivity(MainActivity::class.java).use {
            val main = it.setup().get()
            assertFalse(secret(main.window.attributes.flags))
            main.go(CheckScreen.about(NOW))
            assertTrue(secret(main.window.attributes.flags))
            main.back()
            assertFalse(secret(main.window.attributes.flags))
        }
    }

    @Test
    fun `in the app it says which call it is about, and can be about another one`() {
        parts.choices.welcomed = true
        Robolectric.buildActivity(MainActivity::class.java).use {
            val main = it.setup().get()
            main.go(CheckScreen.about(NOW))
            assertTrue(main.shows("About the call at"))
            main.tap("It was another call")
            assertFalse(main.shows("About the call at"))
            main.tap("Yes, it was")
        }
        assertEquals(Action.ALLOW, parts.ringfence.screener.screen(Call(STRANGER), app.now).action)
    }

    @Test
    fun `what a caller shows never becomes a rule about more than one number`() {
        for (shown in listOf("+44*", "region:GB", "kind:mobile", "*", "Amazon")) {
            app.now += 60_000
            parts.seenCalls.add(shown, Direction.INCOMING, Verdict(Action.ALLOW), app.now)
            open(app.now).use { controller ->
                val activity = controller.get()
                activity.tap("I am not sure")
                activity.tap("Show me what to do now")
                if (activity.shows("Never let this number ring")) activity.tap("Never let this number ring")
                assertFalse(shown, activity.shows("Calls from this number are stopped"))
            }
            assertEquals(shown, emptyList<String>(), parts.ringfence.settings.current().block)
        }
    }

    @Test
    fun `a number that always rang is taken off that list when it is stopped`() {
        parts.ringfence.settings.change { it.copy(allow = listOf(STRANGER)) }
        val e164 = parts.ringfence.settings.current().allow.single()
        open().use { controller ->
            controller.get().tap("I am not sure")
            controller.get().tap("Show me what to do now")
            controller.get().tap("Never let this number ring")
        }
        val settings = parts.ringfence.settings.current()
        assertEquals(emptyList<String>(), settings.allow)
        assertEquals(listOf(e164), settings.block)
    }

    @Test
    fun `the notice that asks is gone once the question is seen`() {
        Notices(app).ask(NOW)
        assertEquals(1, shownNotices(app).size)
        open().use { assertEquals(0, shownNotices(app).size) }
    }

    @Test
    fun `a helper can be rung from the result`() {
        parts.choices.helper("Anna", "07400 123456")
        open().use { controller ->
            val activity = controller.get()
            activity.tap("I am not sure")
            activity.tell("he had me put AnyDesk on and open my bank")
            if (!activity.shows("Do this now")) activity.tap("Show me what to do now")
            activity.tap("Ring Anna")
            val started = org.robolectric.Shadows.shadowOf(app).nextStartedActivity
            assertEquals(Intent.ACTION_DIAL, started.action)
        }
    }

    private fun open(at: Long = NOW): ActivityController<CheckActivity> =
        Robolectric.buildActivity(CheckActivity::class.java, CheckActivity.intent(app, at)).setup()
}
