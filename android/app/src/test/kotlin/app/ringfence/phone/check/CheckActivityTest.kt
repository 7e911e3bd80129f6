package app.ringfence.phone.check

import android.app.KeyguardManager
import android.content.Intent
import android.telecom.TelecomManager
import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.Category
import app.ringfence.Direction
import app.ringfence.Presentation
import app.ringfence.RingfenceException
import app.ringfence.Rule
import app.ringfence.Verdict
import app.ringfence.fakes.FakeRingfence
import app.ringfence.phone.AppTest
import app.ringfence.phone.MainActivity
import app.ringfence.phone.NOW
import app.ringfence.phone.screening.STRANGER
import app.ringfence.phone.screening.inBackground
import app.ringfence.phone.screening.use
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

/** The way through the check, and what is kept on it. */
class CheckActivityTest : AppTest() {
    @Test
    fun `turning the phone and losing the process lose nothing`() {
        seen()
        val first = open()
        first.get().tap("I am not sure")
        first.get().tap("Something bought, a membership, a refund, a parcel")
        val question = first.get().title
        first.get().tap("Tell it in your own words")
        first.get().write("a man from Amazon 😡")
        first.recreate()
        assertEquals("a man from Amazon 😡", first.get().written())
        first.get().write("a man from Amazon had me put AnyDesk on")

        val second = first.revived()
        assertEquals("What happened?", second.get().title)
        assertEquals("a man from Amazon had me put AnyDesk on", second.get().written())
        second.get().tap("Back")
        assertEquals(question, second.get().title)
        assertTrue(second.get().shows("Question 2 of at most 6"))
        second.get().tap("Tell it in your own words")
        second.get().tap("Go on")
        if (!second.get().shows("Do this now")) second.get().tap("Show me what to do now")
        second.get().ticks().first().performClick()
        second.get().tap("What gives it away")

        val third = second.revived()
        assertTrue(third.get().ticks().first().isChecked)
        assertFalse(third.get().ticks()[1].isChecked)
        assertTrue(third.get().shows("They wanted you to install an app"))
        third.close()
    }

    @Test
    fun `back leads to the question before, and from the first one out`() {
        seen()
        open().use { controller ->
            val activity = controller.get()
            activity.tap("I am not sure")
            val first = activity.title
            activity.tap("Not sure")
            val second = activity.title
            assertFalse(first == second)
            activity.tap("Show me what to do now")
            assertTrue(activity.shows("That may have been a scam"))
            activity.tap("Back")
            assertEquals(second, activity.title)
            activity.tap("Back")
            assertEquals(first, activity.title)
            activity.tap("Back")
            assertTrue(activity.shows("Yes, it was"))
            activity.tap("Not now")
            assertTrue(activity.isFinishing)
        }
    }

    @Test
    fun `a shaky finger taps twice`() {
        seen()
        val waiting = ArrayList<Runnable>()
        app.use(parts.inBackground { waiting += it })
        fun catchUp() = repeat(waiting.size) { waiting.removeAt(0).run() }
        open().use { controller ->
            val activity = controller.get()
            catchUp()
            repeat(2) { activity.tap("I am not sure") }
            catchUp()
            val first = activity.title
            repeat(2) { activity.tap("Not sure") }
            catchUp()
            assertTrue(activity.shows("Question 2 of"))
            activity.tap("Back")
            catchUp()
            assertEquals(first, activity.title)
            activity.tap("Back")
            catchUp()
            assertTrue(activity.shows("Yes, it was"))
        }
    }

    @Test
    fun `other answers give another result`() {
        seen()
        open().use { controller ->
            val activity = controller.get()
            activity.tap("I am not sure")
            activity.tell("they said my Prime renews and had me download AnyDesk")
            assertTrue(activity.shows("That was very likely a scam"))
            activity.tap("What gives it away")
            val flags = activity.texts().count { it == "That did not happen" }
            activity.tap("That did not happen")
            assertTrue(activity.texts().count { it == "That did not happen" } < flags)
            activity.tap("Tell it in your own words")
            activity.write("the surgery rang, my blood test is fine and the nurse will see me on Thursday")
            activity.tap("Go on")
            if (!activity.shows("This caller")) activity.tap("Show me what to do now")
            assertTrue(activity.shows("Nothing here points to a scam"))
        }
    }

    @Test
    fun `the same call asked about again keeps what was told, another one begins anew`() {
        seen()
        open().use { controller ->
            controller.get().tap("I am not sure")
            controller.newIntent(CheckActivity.intent(app, NOW))
            assertTrue(controller.get().shows("Question 1 of"))
            controller.newIntent(CheckActivity.intent(app, NOW - 60_000))
            assertTrue(controller.get().shows("Yes, it was"))
        }
    }

    @Test
    fun `a call that was fine always rings, until that is taken back`() {
        seen()
        open().use { controller ->
            val activity = controller.get()
            activity.tap("No, it was fine")
            assertTrue(activity.shows("Calls from this number always ring."))
            assertEquals(Rule.KNOWN, screened().rule)
            activity.tap("Take that back")
            assertEquals(Rule.NOTHING_KNOWN, screened().rule)
            activity.tap("Close")
            assertTrue(activity.isFinishing)
        }
    }

    @Test
    fun `calls from the number are stopped`() {
        seen()
        open().use { controller ->
            controller.get().tap("I am not sure")
            controller.get().tap("Show me what to do now")
            controller.get().tap("Never let this number ring")
            assertTrue(controller.get().shows("Calls from this number are stopped."))
            assertEquals(listOf(STRANGER), parts.ringfence.settings.current().block)
            assertEquals(Action.REJECT, screened().action)
        }
    }

    @Test
    fun `after the process has ended the log still knows the call`() {
        british()
        parts.ringfence.screener.record(Call(STRANGER), NOW)
        assertFalse(parts.seenCalls.knowsNumber(NOW))
        open().use { controller ->
            controller.get().tap("Yes, it was")
            assertTrue(controller.get().shows("This caller is remembered as a scam."))
            controller.get().tap("Show me what to do now")
            assertFalse(controller.get().shows("Never let this number ring"))
        }
        assertEquals(Category.MARKED_SCAM, screened().category)
    }

    @Test
    fun `a call that nobody knows any more cannot be remembered, and that is said`() {
        british()
        open().use { controller ->
            controller.get().tap("Yes, it was")
            assertFalse(controller.get().shows("is remembered"))
            controller.get().tap("Show me what to do now")
            assertTrue(controller.get().shows("This phone no longer knows which number that was"))
            assertTrue(controller.get().shows("Do this now"))
        }
        // What the person is sure of is not talked down.
        open().use { controller ->
            controller.get().tap("Yes, it was")
            controller.get().tell("the surgery rang, my blood test is fine and the nurse will see me on Thursday")
            assertTrue(controller.get().shows("You feel that it was a scam. Trust that"))
            assertFalse(controller.get().shows("There is nothing you need to do"))
            assertTrue(controller.get().shows("ring your bank now, on the number on the back of your card"))
        }
    }

    @Test
    fun `a call without a number can be a scam, but not be let ring`() {
        british()
        parts.seenCalls.add(null, Direction.INCOMING, Verdict(Action.WARN), NOW)
        open().use { controller ->
            val activity = controller.get()
            activity.tap("No, it was fine")
            assertTrue(activity.shows("The call showed no number"))
            activity.tap("Back")
            activity.tap("I am not sure")
            activity.tap("Show me what to do now")
            assertFalse(activity.shows("It was fine: always let it ring"))
            assertFalse(activity.shows("Never let this number ring"))
            activity.tap("Remember this caller as a scam")
            assertEquals(Category.AFTER_SCAM, screened().category)
            activity.tap("Take that back")
            assertEquals(Category.NOTHING_KNOWN, screened().category)
        }
    }

    @Test
    fun `if the core fails, the one safe step is shown`() {
        val fake = FakeRingfence()
        app.make = { it.realParts(fake) }
        fake.callCheck.fails = RingfenceException.Database("it is damaged")
        fake.settings.fails = RingfenceException.Storage("it is full")
        fake.memory.fails = RingfenceException.Storage("it is full")
        seen(british = false)
        open().use { controller ->
            controller.get().tap("Yes, it was")
            assertTrue(controller.get().shows("We cannot tell what that was"))
            assertTrue(controller.get().shows("ring your bank now, on the number on the back of your card"))
            assertFalse(controller.get().shows("is remembered"))
            controller.get().tap("Back")
            controller.get().tap("No, it was fine")
            assertFalse(controller.get().shows("always ring."))
            // It comes back.
            fake.memory.fails = null
            controller.get().tap("It was fine: always let it ring")
            assertTrue(controller.get().shows("Calls from this number always ring."))
        }
    }

    @Test
    fun `opened in the app, the way back leads into the app`() {
        british()
        parts.choices.welcomed = true
        Robolectric.buildActivity(MainActivity::class.java).use { controller ->
            val activity = controller.setup().get()
            val before = activity.top
            activity.go(CheckScreen.about(null))
            activity.tap("Yes, it was")
            activity.tap("Show me what to do now")
            assertTrue(activity.shows("To have a caller remembered, open the call in the list of calls"))
            activity.tap("Close")
            assertEquals(before, activity.top)
            assertFalse(activity.isFinishing)
            activity.go(CheckScreen.about(null, STRANGER))
            activity.tap("Yes, it was")
            assertEquals(Category.MARKED_SCAM, screened().category)
        }
    }

    @Test
    fun `over the lock screen nothing opens before the phone is unlocked`() {
        seen()
        val guard = shadowOf(app.getSystemService(KeyguardManager::class.java))
        guard.setKeyguardLocked(true)
        open().use { controller ->
            controller.get().tap("I am not sure")
            controller.get().tell(PRIME)
            controller.get().tap("Ring 159")
            assertNull(shadowOf(app).nextStartedActivity)
            guard.setKeyguardLocked(false)
            assertEquals("tel:159", shadowOf(app).nextStartedActivity?.dataString)
            controller.get().tap("Ring 159")
            assertEquals(Intent.ACTION_DIAL, shadowOf(app).nextStartedActivity?.action)
        }
    }

    @Test
    fun `the number is neither shown nor sent but in what the person sends`() {
        seen()
        shadowOf(app.getSystemService(TelecomManager::class.java)).setManageBlockNumbersIntent(Intent("blocked"))
        install(app, "com.anydesk.anydeskandroid", NOW + 60_000)
        open().use { controller ->
            val activity = controller.get()
            assertNoNumber(activity)
            activity.tap("Yes, it was")
            activity.tell(PRIME)
            activity.tap("After that")
            activity.tap("What gives it away")
            assertNoNumber(activity)
            val sent = HashSet<String?>()
            for (words in activity.leaving()) {
                activity.tap(words)
                while (true) {
                    val started = shadowOf(app).nextStartedActivity ?: break
                    val text = (started.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java) ?: started).toUri(0)
                    if (DIGITS in text.filter { it.isDigit() }) sent += started.action
                }
            }
            assertEquals(setOf<String?>(Intent.ACTION_SENDTO, Intent.ACTION_CHOOSER), sent)
        }
    }

    /** What leads to other apps. */
    private fun CheckActivity.leaving(): List<String> = texts().distinct()
        .filter { text -> listOf("Ring ", "Open ", "Write the text", "Share ").any { text.startsWith(it) } && "." !in text }

    private fun assertNoNumber(activity: CheckActivity) =
        activity.texts().forEach { text -> assertFalse(DIGITS in text.filter { it.isDigit() }) }

    private fun CheckActivity.written(): String = views().filterIsInstance<android.widget.EditText>().single().text.toString()

    /** A call that the system asked about. */
    private fun seen(british: Boolean = true) {
        if (british) british()
        parts.seenCalls.add(STRANGER, Direction.INCOMING, Verdict(Action.ALLOW, Rule.NOTHING_KNOWN), NOW)
        app.now = NOW + 300_000
    }

    private fun open(): ActivityController<CheckActivity> =
        Robolectric.buildActivity(CheckActivity::class.java, CheckActivity.intent(app, NOW)).setup()

    private fun screened(): Verdict =
        parts.ringfence.screener.screen(Call(STRANGER, Presentation.ALLOWED), app.now + 600_000)

    private companion object {
        const val DIGITS = "7400123456"
        const val PRIME = "They said my Amazon Prime was going up so I pressed 1 to cancel and a man had me download AnyDesk"
    }
}
