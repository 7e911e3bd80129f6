package app.ringfence.phone.check

import android.content.Intent
import android.net.Uri
import android.provider.Settings
import android.telecom.DisconnectCause
import android.telecom.TelecomManager
import android.widget.TextView
import app.ringfence.Action
import app.ringfence.Category
import app.ringfence.phone.AppTest
import app.ringfence.phone.aftercall.PostCallActivity
import app.ringfence.phone.screening.Flags
import app.ringfence.phone.screening.STRANGER
import app.ringfence.phone.screening.Telecom
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

/** The two calls that the project began with, from the first ring on, with the real core. */
class StoriesTest : AppTest() {
    private val telecom by lazy { Telecom() }

    @Test
    fun `Prime renewal, in words, with AnyDesk put on during the call`() {
        british()
        assertEquals(Flags.ALLOWED, telecom.ring(STRANGER))
        val began = app.now
        install(app, ANYDESK, began + 3 * MINUTE)
        asked().use { controller ->
            val activity = controller.get()
            // The program comes first, before anything is asked.
            activity.comesFirst("AnyDesk was put on this phone during the call")
            activity.tap("Remove AnyDesk")
            assertDetailsOf(ANYDESK)
            activity.tap("I am not sure")
            activity.comesFirst("AnyDesk was put on this phone during the call")
            activity.tap("Tell it in your own words")
            activity.write("Prime was going up to 79 pounds so I pressed 1 to cancel. A man from Amazon had me put AnyDesk on")
            activity.tap("Go on")
            while (!activity.shows("Do this now")) activity.tap("Not sure")

            activity.comesFirst("AnyDesk was put on this phone during the call")
            assertTrue(activity.shows("That was very likely a scam"))
            assertTrue(activity.shows("Fake Amazon Prime renewal call"))
            val steps = activity.texts().filter { Regex("^[0-9]+\\. ").containsMatchIn(it) }
            assertTrue(steps[0], steps[0].startsWith("1. ") && "cut it off now" in steps[0])
            assertTrue(steps[1], steps[1].startsWith("2. ") && "Ring 159" in steps[1])
            // Flight mode is on by then, so this has to be in sight as well.
            assertTrue(steps[2], steps[2].startsWith("3. ") && "different phone" in steps[2])
            assertEquals("no more than four at once", 4, steps.size)
            assertTrue(activity.shows("This was not your fault."))
            activity.tap("Ring 159")
            assertEquals("tel:159", shadowOf(app).nextStartedActivity.dataString)
            activity.tap("After that")
            activity.tap("Remove AnyDesk", nth = 1)
            assertDetailsOf(ANYDESK)
            activity.tap("What gives it away")
            assertTrue(activity.shows("You wrote: “pressed 1”"))
            assertNoNumber(activity)

            activity.tap("Remember this caller as a scam")
            assertTrue(activity.shows("This caller is remembered as a scam"))

            // The person removed it and comes back.
            shadowOf(app.packageManager).removePackage(ANYDESK)
            controller.pause().resume()
            assertTrue(activity.shows("AnyDesk is gone"))
            assertFalse(activity.shows("was put on this phone"))
        }
        app.now += 20 * MINUTE
        assertEquals(Flags.ALLOWED, telecom.ring("+442079476123"))
        val second = checkNotNull(parts.seenCalls.at(app.now)).verdict
        assertEquals(Action.WARN to Category.AFTER_SCAM, second.action to second.category)
        app.now += MINUTE
        telecom.ring(STRANGER)
        assertEquals(Category.MARKED_SCAM, parts.seenCalls.at(app.now)?.verdict?.category)
    }

    @Test
    fun `Amazon security, by taps alone`() {
        british()
        telecom.ring(STRANGER)
        val person = mapOf(
            "What was it about, roughly?" to "Something bought, a membership, a refund, a parcel",
            "Who did they say they were?" to "A shop, Amazon, PayPal or a parcel firm",
            "What was it about?" to "An order or payment I never made",
            "What else did they say?" to "Someone took my money or used my details",
        )
        asked().use { controller ->
            val activity = controller.get()
            activity.tap("Yes, it was")
            assertTrue(activity.shows("This caller is remembered as a scam"))
            var questions = 0
            while (!activity.shows("Do this now")) {
                questions++
                assertTrue(activity.shows("Question $questions of at most 6"))
                assertNoNumber(activity)
                val answer = person[activity.title.toString()]
                    ?: activity.texts().find { "into my device" in it || "my computer or phone" in it || "my screen" in it }
                activity.tap(answer ?: "Not sure")
            }
            assertTrue("$questions questions", questions in 4..6)
            assertTrue(activity.shows("That was very likely a scam"))
            assertTrue(activity.shows("Fake Amazon security call about payments"))
            val steps = activity.texts().filter { Regex("^[0-9]+\\. ").containsMatchIn(it) }
            assertTrue(steps[0], "cut it off now" in steps[0])
            assertTrue(steps[1], "159" in steps[1])
            // It was said to be a scam, so it was remembered before anything else.
            assertTrue(activity.shows("This caller is remembered as a scam"))
            assertNoNumber(activity)
        }
        app.now += MINUTE
        telecom.ring(STRANGER)
        assertEquals(Category.MARKED_SCAM, parts.seenCalls.at(app.now)?.verdict?.category)
    }

    /** Five minutes later the call ends, and the system says so. */
    private fun asked(): ActivityController<CheckActivity> {
        app.now += 5 * MINUTE
        val ended = Intent(TelecomManager.ACTION_POST_CALL)
            .putExtra(TelecomManager.EXTRA_HANDLE, Uri.fromParts("tel", STRANGER, null))
            .putExtra(TelecomManager.EXTRA_DISCONNECT_CAUSE, DisconnectCause.LOCAL)
            .putExtra(TelecomManager.EXTRA_CALL_DURATION, TelecomManager.DURATION_LONG)
        Robolectric.buildActivity(PostCallActivity::class.java, ended).use { it.create() }
        return Robolectric.buildActivity(CheckActivity::class.java, shadowOf(app).nextStartedActivity).setup()
    }

    private fun assertDetailsOf(packageName: String) {
        val opened = shadowOf(app).nextStartedActivity
        assertEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, opened.action)
        assertEquals("package:$packageName", opened.dataString)
    }

    /** Nothing stands above it but the way back and the title. */
    private fun CheckActivity.comesFirst(words: String) {
        val texts = views().filterIsInstance<TextView>().map { it.text.toString() }.filter { it.isNotEmpty() }
        val above = texts.takeWhile { it != words }
        assertTrue("$above", above.size <= 2 && (above - "Back").all { it == title.toString() })
    }

    private fun assertNoNumber(activity: CheckActivity) =
        activity.texts().forEach { text -> assertFalse("7400123456" in text.filter { it.isDigit() }) }

    private companion object {
        const val MINUTE = 60_000L
        const val ANYDESK = "com.anydesk.anydeskandroid"
    }
}
