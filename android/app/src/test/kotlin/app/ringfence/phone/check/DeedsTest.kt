package app.ringfence.phone.check

import android.content.Intent
import android.provider.Settings
import android.telecom.TelecomManager
import app.ringfence.AdviceStep
import app.ringfence.Assessment
import app.ringfence.CallVerdict
import app.ringfence.PhoneAction
import app.ringfence.RemoteTool
import app.ringfence.ReportTexts
import app.ringfence.Timing
import app.ringfence.fakes.FakeRingfence
import app.ringfence.phone.AppTest
import app.ringfence.phone.NOW
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf

/** What the phone does for a step of the advice. */
class DeedsTest : AppTest() {
    private val fake = FakeRingfence()

    @Before
    fun found() {
        app.make = { it.realParts(fake) }
        shadowOf(app.getSystemService(TelecomManager::class.java)).setManageBlockNumbersIntent(Intent("blocked"))
    }

    @Test
    fun `each action opens what it is for`() {
        val texts = ReportTexts(shortCode = "Call 1", authority = "To the office", bank = "To the bank")
        fake.callCheck.tools = { _, _ -> listOf(RemoteTool("anydesk", "AnyDesk", "com.anydesk", Timing.RECENTLY)) }
        advise(
            texts,
            PhoneAction.Dial("159"),
            PhoneAction.OpenSettings("wifi"),
            PhoneAction.OpenSettings("apps"),
            PhoneAction.OpenSettings("airplane_mode"),
            PhoneAction.OpenSettings("call_blocking"),
            PhoneAction.RemoveRemoteTools,
            PhoneAction.SendText("7726"),
            PhoneAction.Report("Report Fraud", "0300 123 2040", "https://www.reportfraud.police.uk"),
            PhoneAction.OpenPage("https://www.cifas.org.uk"),
        )
        val opened = mapOf(
            "Ring 159" to "android.intent.action.DIAL tel:159",
            "Open the internet settings" to Settings.Panel.ACTION_INTERNET_CONNECTIVITY,
            "Open the list of apps" to Settings.ACTION_APPLICATION_SETTINGS,
            "Open flight mode" to Settings.ACTION_AIRPLANE_MODE_SETTINGS,
            "Open the blocked numbers" to "blocked",
            "Remove AnyDesk" to "${Settings.ACTION_APPLICATION_DETAILS_SETTINGS} package:com.anydesk",
            "Write the text to 7726" to "android.intent.action.SENDTO smsto:7726 Call 1",
            "Share this report" to "android.intent.action.SEND text/plain To the office",
            "Ring 0300 123 2040" to "android.intent.action.DIAL tel:0300%20123%202040",
            "Open the page of Report Fraud" to "android.intent.action.VIEW https://www.reportfraud.police.uk",
            "Open the page" to "android.intent.action.VIEW https://www.cifas.org.uk",
            "Share what to tell your bank" to "android.intent.action.SEND text/plain To the bank",
        )
        result { activity ->
            for ((words, expected) in opened) {
                activity.tap(words)
                assertEquals(words, expected, describe(shadowOf(app).nextStartedActivity))
            }
        }
    }

    @Test
    fun `what this phone does not know, or must not open, is left out`() {
        advise(
            ReportTexts(),
            PhoneAction.OpenSettings("a_page_to_come"),
            PhoneAction.RemoveRemoteTools,
            PhoneAction.OpenPage("javascript:alert(1)"),
            PhoneAction.OpenPage("intent:#Intent;end"),
            PhoneAction.OpenPage("http://www.example.com"),
            PhoneAction.OpenPage("file:///data"),
            PhoneAction.OpenPage(""),
            null,
        )
        result { activity ->
            assertTrue(activity.shows("8. step 8"))
            val buttons = activity.texts().filter { it.startsWith("Open ") || it.startsWith("Ring ") }
            assertEquals(emptyList<String>(), buttons)
        }
    }

    @Test
    fun `without an app for it, that is said`() {
        shadowOf(app).checkActivities(true)
        advise(ReportTexts(), PhoneAction.OpenPage("https://www.cifas.org.uk"))
        result { activity ->
            activity.tap("Open the page")
            assertEquals("No app on this phone can do that.", org.robolectric.shadows.ShadowToast.getTextOfLatestToast())
            assertFalse(activity.isFinishing)
        }
    }

    @Test
    fun `the core is told what there is, and no more`() {
        fake.settings.change { it.copy(home = "GB") }
        advise(ReportTexts())
        result { }
        val report = fake.callCheck.reports.last()
        assertEquals("GB", report.region)
        assertEquals(null, report.language)
        assertEquals("en-US", report.textLanguage)
        assertEquals(null, report.caller)
        assertTrue(report.callTime, report.callTime!!.contains("November 24"))
    }

    private fun advise(texts: ReportTexts, vararg actions: PhoneAction?) {
        val steps = actions.mapIndexed { i, action -> AdviceStep("step_${i + 1}", "step ${i + 1}", urgent = true, action = action) }
        val bank = AdviceStep("ring_bank", "Ring your bank", urgent = true)
        fake.callCheck.assessment = { Assessment(CallVerdict.SCAM, 0.99, advice = steps + bank, texts = texts) }
    }

    private fun result(look: (CheckActivity) -> Unit) =
        Robolectric.buildActivity(CheckActivity::class.java, CheckActivity.intent(app, NOW)).use {
            val activity = it.setup().get()
            activity.tap("I am not sure")
            if (activity.shows("After that")) activity.tap("After that")
            look(activity)
        }

    private fun describe(intent: Intent): String {
        val sent = intent.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java) ?: intent
        val body = sent.getStringExtra("sms_body") ?: sent.getStringExtra(Intent.EXTRA_TEXT)
        return listOfNotNull(sent.action, sent.dataString, sent.type, body).joinToString(" ")
    }
}
