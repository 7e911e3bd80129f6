package app.ringfence

/**
 * What the user tells about numbers. Numbers are kept as keyed hashes only, and everything is on disk
 * when a function returns. Times are when it happened, in milliseconds since 1970.
 *
 * All of them throw [RingfenceException], and [RingfenceException.Input] if it is about no number
 * that can be read or about a call that is not in the log any more.
 */
public interface CallMemory {
    /** The number is fine: it always rings. */
    public fun markFine(whom: Whom, at: Long = System.currentTimeMillis())

    /** The call was a scam: the number, its neighbours and strangers are watched for a while. */
    public fun markScam(whom: Whom, at: Long = System.currentTimeMillis())

    /** Takes back either mark. */
    public fun unmark(whom: Whom, at: Long = System.currentTimeMillis())

    /** They spoke for a minute or more: the number is known. */
    public fun spokenWith(whom: Whom, at: Long = System.currentTimeMillis())

    /**
     * Forgets everything: what is remembered, the log of calls and the settings. Nothing is left on
     * disk. From then on the defaults hold: there is no home region, and calls are logged again.
     */
    public fun forgetEverything()
}

/** Whom something is told about. */
public sealed interface Whom {
    /**
     * A number.
     *
     * @property number as the phone or the user gives it; empty for a call that showed none, which
     * can be marked as a scam.
     */
    public data class Number(val number: String) : Whom {
        /** Does not show it. */
        override fun toString(): String = "Number"
    }

    /**
     * A call of the log.
     *
     * @property id its [LoggedCall.id].
     */
    public data class Logged(val id: Long) : Whom
}
