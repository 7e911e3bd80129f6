package app.ringfence.phone.aftercall

import android.telecom.DisconnectCause
import app.ringfence.Action
import app.ringfence.Direction
import app.ringfence.Failure
import app.ringfence.Rule
import app.ringfence.Verdict
import app.ringfence.phone.Ask
import app.ringfence.phone.SeenCall
import app.ringfence.phone.aftercall.PostCallDecision.ASK
import app.ringfence.phone.aftercall.PostCallDecision.NOTHING
import app.ringfence.phone.aftercall.PostCallDecision.REMEMBER
import org.junit.Assert.assertEquals
import org.junit.Test

/** The table of what is done after which call. */
class PostCallDecisionTest {
    @Test
    fun `a stranger who spoke is asked about`() {
        assertEquals(ASK, decide())
        for (duration in 1..3) assertEquals("duration $duration", ASK, decide(duration = duration))
        assertEquals(ASK, decide(stranger(Action.WARN, Rule.RANGE)))
        assertEquals(ASK, decide(stranger(Action.SILENCE, Rule.BLOCK_LIST)))
        // It could not be looked at, so it may have been anybody.
        assertEquals(ASK, decide(stranger(Action.ALLOW, Rule.NONE, failure = Failure.DATABASE)))
    }

    @Test
    fun `a call that nobody took is no one's business`() {
        val spoken = setOf(0, 1, 2, 3, 9)
        for (cause in -1..40) {
            assertEquals("cause $cause", if (cause in spoken) ASK else NOTHING, decide(cause = cause))
        }
        for (cause in listOf(Int.MIN_VALUE, Int.MAX_VALUE)) assertEquals(NOTHING, decide(cause = cause))
        assertEquals(spoken, DisconnectCause::class.java.fields.filter { it.name in SPOKEN }.map { it.getInt(null) }.toSet())
    }

    @Test
    fun `a call has lasted no longer than since it began`() {
        val elapsed = mapOf(1 to 3_000L, 2 to 60_000L, 3 to 120_000L)
        for ((duration, least) in elapsed) {
            assertEquals(ASK, decide(duration = duration, since = least))
            assertEquals(NOTHING, decide(duration = duration, since = least - 1))
        }
        for (duration in listOf(0, -1, 4, Int.MIN_VALUE, Int.MAX_VALUE)) assertEquals(NOTHING, decide(duration = duration))
        for (since in listOf(-1L, HALF_A_DAY + 1, Long.MIN_VALUE / 2)) assertEquals(NOTHING, decide(since = since))
        assertEquals(ASK, decide(since = HALF_A_DAY))
    }

    @Test
    fun `whoever is known is not asked about, and stays known`() {
        for (rule in listOf(Rule.KNOWN, Rule.ALLOW_LIST)) assertEquals(REMEMBER, decide(stranger(Action.ALLOW, rule)))
        for (rule in listOf(Rule.KNOWN, Rule.ALLOW_LIST)) assertEquals(NOTHING, decide(stranger(Action.ALLOW, rule), duration = 1))
        assertEquals(NOTHING, decide(stranger(Action.ALLOW, Rule.EMERGENCY)))
    }

    @Test
    fun `the person chooses after which calls`() {
        val warned = stranger(Action.WARN, Rule.RANGE)
        assertEquals(ASK, decide(warned, ask = Ask.WARNED))
        assertEquals(NOTHING, decide(warned, ask = Ask.NEVER))
        assertEquals(REMEMBER, decide(ask = Ask.WARNED))
        assertEquals(REMEMBER, decide(ask = Ask.NEVER))
        assertEquals(REMEMBER, decide(ask = Ask.NEVER, duration = 2))
        assertEquals(NOTHING, decide(ask = Ask.NEVER, duration = 1))
        val failed = stranger(Action.ALLOW, Rule.NONE, failure = Failure.INTERNAL)
        assertEquals(NOTHING, decide(failed, ask = Ask.NEVER))
        assertEquals(NOTHING, decide(protection = false))
    }

    @Test
    fun `whoever was rung is known, unless there was a warning`() {
        assertEquals(REMEMBER, decide(stranger(direction = Direction.OUTGOING)))
        assertEquals(NOTHING, decide(stranger(direction = Direction.OUTGOING), duration = 1))
        assertEquals(ASK, decide(stranger(Action.WARN, Rule.RANGE, Direction.OUTGOING)))
    }

    @Test
    fun `what the system did not ask about, or was settled, is nothing`() {
        assertEquals(NOTHING, decide(null))
        assertEquals(NOTHING, decide(stranger().copy(settled = true)))
    }

    private fun stranger(
        action: Action = Action.ALLOW,
        rule: Rule = Rule.NOTHING_KNOWN,
        direction: Direction = Direction.INCOMING,
        failure: Failure = Failure.NONE,
    ) = SeenCall("hash", BEGAN, direction, Verdict(action, rule, failure = failure))

    private fun decide(
        seen: SeenCall? = stranger(),
        cause: Int = DisconnectCause.REMOTE,
        duration: Int = 3,
        since: Long = 300_000,
        ask: Ask = Ask.STRANGERS,
        protection: Boolean = true,
    ) = PostCallDecision.of(cause, duration, seen, ask, protection, BEGAN + since)

    private companion object {
        val SPOKEN = setOf("UNKNOWN", "ERROR", "LOCAL", "REMOTE", "OTHER")
        const val BEGAN = 1_795_305_600_000L
        const val HALF_A_DAY = 12 * 60 * 60 * 1000L
    }
}
