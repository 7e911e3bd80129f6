package app.ringfence.fakes

import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.Category
import app.ringfence.Explainer
import app.ringfence.Explanation
import app.ringfence.Failure
import app.ringfence.Rule
import app.ringfence.Screener
import app.ringfence.Verdict

/** Nothing is known of the caller. */
public val NOTHING_KNOWN: Verdict = Verdict(Action.ALLOW, Rule.NOTHING_KNOWN, Category.NOTHING_KNOWN, generation = 1)

/** A [Screener] that says what it is told to. */
public class FakeScreener : Screener {
    /** What it says to a call at a time. */
    public var verdict: (Call, Long) -> Verdict = { _, _ -> NOTHING_KNOWN }

    /** What taking note of a call gives. */
    public var recording: Failure = Failure.NONE

    /** Whether it answers as one that is closed. */
    public var closed: Boolean = false

    /** The calls that were screened, the first first. */
    public val screened: MutableList<Call> = mutableListOf()

    /** The calls that were taken note of, the first first. */
    public val recorded: MutableList<Call> = mutableListOf()

    override fun screen(call: Call, at: Long): Verdict {
        if (closed) return Verdict(Action.ALLOW, failure = Failure.CLOSED)
        screened += call
        return verdict(call, at)
    }

    override fun record(call: Call, at: Long): Failure {
        if (closed) return Failure.CLOSED
        recorded += call
        return recording
    }
}

/** An [Explainer] that says what it is told to. */
public class FakeExplainer : Fake(), Explainer {
    /** What it says to a call at a time. */
    public var explanation: (Call, Long) -> Explanation = { _, _ -> Explanation(NOTHING_KNOWN) }

    /** The calls that were explained, the first first. */
    public val explained: MutableList<Call> = mutableListOf()

    override fun explain(call: Call, at: Long): Explanation = answer {
        explained += call
        explanation(call, at)
    }
}
