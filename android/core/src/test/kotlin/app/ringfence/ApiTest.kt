package app.ringfence

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What needs no native library. */
class ApiTest {
    @Test
    fun `Android's values are read, unknown ones too`() {
        val extremes = listOf(Int.MIN_VALUE, -1, 0, 6, 99, Int.MAX_VALUE)
        Presentation.values().forEach { assertEquals(it, Presentation.of(it.android)) }
        assertEquals(Presentation.UNKNOWN, Presentation.of(5))
        extremes.forEach { assertEquals(Presentation.ALLOWED, Presentation.of(it)) }
        Verification.values().forEach { assertEquals(it, Verification.of(it.android)) }
        (extremes + 3).forEach { assertEquals(Verification.NOT_VERIFIED, Verification.of(it)) }
        Direction.values().forEach { assertEquals(it, Direction.of(it.android)) }
        (extremes + 2).forEach { assertEquals(Direction.INCOMING, Direction.of(it)) }
    }

    @Test
    fun `a verdict is what it was made from`() {
        for (action in Action.values()) for (rule in Rule.values()) for (category in Category.values()) {
            val verdict = Verdict(action, rule, category, confidence = 97, generation = 7)
            assertEquals(Triple(action, rule, category), Triple(verdict.action, verdict.rule, verdict.category))
            assertEquals(Triple(97, Failure.NONE, 7), Triple(verdict.confidence, verdict.failure, verdict.generation))
        }
        for (failure in Failure.values()) {
            assertEquals(failure, Verdict(Action.ALLOW, failure = failure).failure)
        }
        val most = Verdict(Action.REJECT, confidence = Int.MAX_VALUE, generation = Int.MAX_VALUE)
        assertEquals(Triple(Action.REJECT, 255, Int.MAX_VALUE), Triple(most.action, most.confidence, most.generation))
        val least = Verdict(Action.ALLOW, confidence = -1, generation = -1)
        assertEquals(0, least.packed)
    }

    @Test
    fun `bits that no verdict has let the phone ring`() {
        for (packed in listOf(-1L, Long.MIN_VALUE, Long.MAX_VALUE, 0xFL, 0xFFFFL)) {
            assertEquals(Action.ALLOW, Verdict(packed).action)
            assertTrue(Verdict(packed).toString().isNotEmpty())
        }
        assertEquals(Failure.INTERNAL, Verdict(-1).failure)
        assertEquals(Rule.NONE, Verdict(-1).rule)
    }

    @Test
    fun `nothing shows a number, a note or a text`() {
        val secret = "07700900123"
        val verdict = Verdict(Action.REJECT, Rule.RANGE)
        val rules = listOf(ExplainedRule(Rule.BLOCK_LIST, true, secret, secret, secret))
        val report = CallReport(secret, caller = secret, callTime = secret).answered(secret, secret)
        listOf(
            Call(secret),
            Whom.Number(secret),
            Explanation(verdict, secret, title = secret, advice = secret, rules = rules),
            LoggedCall(1, NOW, Direction.INCOMING, verdict = verdict, title = secret, advice = secret, rules = rules),
            Settings(allow = listOf(secret), block = listOf(secret)),
            report.copy(answers = emptyList()),
            report,
            Answer("who", secret),
            ReportTexts(secret, secret, secret),
            Assessment(CallVerdict.SCAM, 1.0, stage = secret, texts = ReportTexts(secret, secret, secret)),
            rules.single(),
        ).forEach { assertShowsNothingOf(secret, it) }
    }

    @Test
    fun `an answer takes the place of an earlier one`() {
        val question = Question("who", "Who?", listOf(AnswerOption("shop", "A shop"), AnswerOption("bank", "A bank")))
        val report = CallReport().answered(question, question.options[0]).answered("press_key", Answer.YES)
        assertEquals(
            listOf(Answer("press_key", Answer.YES), Answer("who", "bank")),
            report.answered(question, question.options[1]).answers,
        )
    }
}
