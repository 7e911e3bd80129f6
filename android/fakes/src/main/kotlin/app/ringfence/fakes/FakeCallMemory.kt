package app.ringfence.fakes

import app.ringfence.CallLog
import app.ringfence.CallMemory
import app.ringfence.LoggedCall
import app.ringfence.Whom

/** A [CallMemory] that keeps what it is told, and does nothing with it. */
public class FakeCallMemory : Fake(), CallMemory {
    /** What can be told about a number. */
    public enum class Event {
        /** It is fine. */
        MARKED_FINE,

        /** It was a scam. */
        MARKED_SCAM,

        /** A mark was taken back. */
        UNMARKED,

        /** They spoke for a minute or more. */
        SPOKEN_WITH,
    }

    /** What was told, the first first; empty again when everything was forgotten. */
    public val told: MutableList<Pair<Whom, Event>> = mutableListOf()

    /** How often everything was forgotten. */
    public var forgotten: Int = 0
        private set

    override fun markFine(whom: Whom, at: Long): Unit = tell(whom, Event.MARKED_FINE)

    override fun markScam(whom: Whom, at: Long): Unit = tell(whom, Event.MARKED_SCAM)

    override fun unmark(whom: Whom, at: Long): Unit = tell(whom, Event.UNMARKED)

    override fun spokenWith(whom: Whom, at: Long): Unit = tell(whom, Event.SPOKEN_WITH)

    override fun forgetEverything(): Unit = answer {
        told.clear()
        forgotten++
    }

    private fun tell(whom: Whom, event: Event) = answer { told += whom to event }
}

/** A [CallLog] with the calls it is given. */
public class FakeCallLog : Fake(), CallLog {
    /** The calls, the latest first. */
    public var logged: List<LoggedCall> = emptyList()

    override fun calls(): List<LoggedCall> = answer { logged }
}
