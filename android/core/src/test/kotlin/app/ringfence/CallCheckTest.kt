package app.ringfence

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.io.File

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallCheckTest {
    private lateinit var ringfence: Ringfence
    private val check get() = ringfence.callCheck

    @BeforeAll
    fun open(@TempDir folder: File) {
        ringfence = Ringfence.open(folder, bundled)
    }

    @AfterAll
    fun close() = ringfence.close()

    @Test
    fun `the Prime renewal call, told in words`() = assertCutOffAndRingTheBank(
        "amazon_prime_renewal",
        CallReport(
            "They said my Amazon Prime was going up so I pressed 1 to cancel, a man had me download AnyDesk and " +
                "log in to my bank",
            region = "GB",
        ),
    )

    @Test
    fun `the Prime security call, told in words`() = assertCutOffAndRingTheBank(
        "amazon_unauthorised_purchase",
        CallReport(
            "Amazon security, payments I never made. He got on my computer and had me open my online bank",
            region = "GB",
        ),
    )

    @Test
    fun `the Prime renewal call, tapped`() =
        assertCutOffAndRingTheBank("amazon_prime_renewal", tapped("membership", "price"))

    @Test
    fun `the Prime security call, tapped`() =
        assertCutOffAndRingTheBank("amazon_unauthorised_purchase", tapped("purchase", "loss"))

    private fun assertCutOffAndRingTheBank(script: String, report: CallReport) {
        val found = check.check(report)
        assertEquals(CallVerdict.SCAM to script, found.verdict to found.script?.id)
        assertTrue(found.probability > 0.9 && found.redFlags.isNotEmpty(), found.probability.toString())
        val first = found.advice.first()
        assertTrue(first.urgent && "cut it off" in first.text, first.toString())
        val bank = found.advice.first { it.action == PhoneAction.Dial("159") }
        assertTrue(bank.urgent, bank.toString())
    }

    @Test
    fun `answers may come in any order, and unknown ones are named and passed over`() {
        val report = tapped("membership", "price")
        val found = check.check(report)
        val shuffled = report.answers.reversed() + report.answers
        assertEquals(found, check.check(report.copy(answers = shuffled)))
        val later = report.answered("of_a_database_to_come", Answer.YES).answered("who", "an_option_to_come")
        assertEquals(
            found.copy(unknownAnswers = listOf("of_a_database_to_come", "who")),
            check.check(later).copy(texts = found.texts),
        )
        // About a flag that was found, the person may say otherwise.
        val flag = found.redFlags.first().id
        assertTrue(check.check(report.answered(flag, Answer.NO)).redFlags.none { it.id == flag })
    }

    @Test
    fun `nothing told leads to a question, and a genuine call to no alarm`() {
        val nothing = check.check(CallReport())
        assertEquals(CallVerdict.UNSURE, nothing.verdict)
        assertTrue(nothing.nextQuestion!!.options.size in 2..7)
        val genuine = check.check(CallReport("My nephew put TeamViewer on so he can fix the printer for me"))
        assertTrue(genuine.verdict != CallVerdict.SCAM && genuine.genuine != null)
    }

    @Test
    fun `spans cut the right words out of a Kotlin string`() {
        val told = "Prime was going up 😡😡 and he made me download AnyDesk 😭"
        for (prefix in listOf("", "😱 ", "\uD83D", "« é » 👨‍👩‍👧 ")) {
            val note = prefix + told
            val found = check.check(CallReport(note, language = "en"))
            val words = found.redFlags.mapNotNull { it.span?.of(note) }
            assertTrue(words.any { "AnyDesk" in it }, words.toString())
            assertTrue(words.all { it in told }, words.toString())
        }
    }

    @Test
    fun `the language is found, or taken as it is said`() {
        val french = "Amazon Prime allait augmenter, un monsieur m'a fait installer AnyDesk"
        assertEquals("fr", check.check(CallReport(french)).language)
        assertEquals("de", check.check(CallReport(french, language = "de")).language)
        for (report in listOf(CallReport(language = "klingon"), CallReport(region = "Britain 07700900123"))) {
            val error = assertThrows(RingfenceException.Input::class.java) { check.check(report) }
            assertFalse("07700900123" in error.message!!)
        }
    }

    @Test
    fun `what is said is in the language asked for, whatever the note's`() {
        val note = "my Amazon Prime was going up and he made me install AnyDesk"
        val english = check.check(CallReport(note, region = "GB"))
        assertEquals("en", english.textLanguage)
        for (language in listOf("de", "es", "fr", "hi", "it", "nl", "pl", "pt")) {
            val found = check.check(CallReport(note, region = "GB", textLanguage = "$language-XX"))
            assertEquals(language, found.textLanguage)
            assertEquals("en", found.language)
            assertEquals(english.probability, found.probability)
            assertEquals(english.texts, found.texts)
            assertEquals(english.redFlags.map { it.id }, found.redFlags.map { it.id })
            val title = Regex("""\[flags.${found.redFlags[0].id}]\ntitle = "(.*)"""")
            val source = root.resolve("data/texts/$language.toml").readText()
            assertEquals(title.find(source)!!.groupValues[1], found.redFlags[0].title)
            assertTrue(english.advice.none { step -> step.text in found.advice.map { it.text } })
        }
        for (unknown in listOf("", "klingon", "\uD800", "en-GB")) {
            assertEquals(english, check.check(CallReport(note, region = "GB", textLanguage = unknown)))
        }
    }

    @Test
    fun `texts are ready to be sent`() {
        val note = "my Amazon Prime was going up and he made me install AnyDesk"
        val report = CallReport(note, region = "GB", caller = "07700 900123", callTime = "Sunday at noon")
        val found = check.check(report)
        assertEquals("Call 07700900123", found.texts.shortCode)
        assertTrue(note in found.texts.authority && "Sunday at noon" in found.texts.authority)
        assertTrue(found.texts.bank.isNotEmpty() && note !in found.texts.bank)
        val actions = found.advice.mapNotNull { it.action }
        assertTrue(PhoneAction.RemoveRemoteTools in actions, actions.toString())
        assertTrue(PhoneAction.SendText("7726") in actions, actions.toString())
        assertTrue(actions.any { it is PhoneAction.Report && it.name == "Report Fraud" }, actions.toString())
    }

    @Test
    fun `notes of any kind are read`() {
        for (note in listOf("", " ", "\u0000", "\uDC00\uD800", "AnyDesk ".repeat(1_310_720))) {
            val found = check.check(CallReport(note, caller = note, callTime = note))
            assertTrue(found.probability in 0.0..1.0)
        }
    }

    @Test
    fun `a program for remote access that came during the call is named first`() {
        val minute = 60_000L
        val apps = listOf(
            InstalledApp("com.teamviewer.quicksupport.market", NOW - 400 * 1440 * minute, NOW - 400 * 1440 * minute),
            InstalledApp("org.example.game", NOW - 5 * minute, NOW - 5 * minute),
            InstalledApp("com.anydesk.anydeskandroid", NOW - 5 * minute, NOW - 5 * minute),
        )
        val found = check.remoteTools(apps, CallWindow(NOW - 15 * minute, NOW))
        assertEquals(
            listOf("anydesk" to Timing.DURING_CALL, "teamviewer" to Timing.LONG_AGO),
            found.map { it.id.substringBefore('_') to it.timing },
        )
        assertEquals("com.anydesk.anydeskandroid", found[0].packageName)
        val timeless = check.remoteTools(listOf(InstalledApp(found[0].packageName)), CallWindow())
        assertEquals(Timing.UNKNOWN, timeless.single().timing)
        assertTrue(check.remoteTools(emptyList(), CallWindow(Long.MIN_VALUE, Long.MAX_VALUE)).isEmpty())
    }

    /** Answers question after question as a person who got such a call does. */
    private fun tapped(about: String, promise: String): CallReport {
        val person = mapOf(
            "topic" to "shopping",
            "who" to "shop",
            "about_shop" to about,
            "promise" to promise,
            "wanted" to "device",
            "done" to "device",
        )
        var report = CallReport(region = "GB")
        while (true) {
            val question = check.check(report).nextQuestion ?: return report
            assertTrue(report.answers.none { it.asked == question.id }, "${question.id} was asked before")
            val option = question.options.find { it.id == person[question.id] }
            report = option?.let { report.answered(question, it) } ?: report.answered(question.id, Answer.UNSURE)
        }
    }
}
