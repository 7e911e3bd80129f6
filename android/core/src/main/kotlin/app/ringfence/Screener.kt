package app.ringfence

/**
 * Decides about a ringing call, in microseconds and before anything else of Ringfence is loaded.
 *
 * Nothing here throws: whatever fails, the phone rings, and [Verdict.failure] says why.
 *
 * ```
 * val call = Call(number, Presentation.of(details.handlePresentation))
 * val verdict = screener.screen(call)
 * // … the phone gets its answer …
 * background.execute { screener.record(call) }
 * ```
 */
public interface Screener {
    /**
     * Decides about a call at the time [at], in milliseconds since 1970.
     *
     * It allocates nothing and waits for nobody, so it may be called on any thread, also while the
     * database or the settings are being replaced.
     */
    public fun screen(call: Call, at: Long = System.currentTimeMillis()): Verdict

    /**
     * Takes note of a call: that it rang or was made, and its verdict for the log. Gives
     * [Failure.NONE] once that is on disk.
     *
     * To be called once the phone has its answer, on a background thread, since it writes files.
     */
    public fun record(call: Call, at: Long = System.currentTimeMillis()): Failure
}

/**
 * A call as the phone sees it, or one that the user asks about.
 *
 * @property number the number in whatever form it comes; null or empty if there is none.
 * @property presentation whether the caller lets it be shown.
 * @property verification what the network says of it.
 * @property direction who calls whom.
 */
public data class Call(
    val number: String?,
    val presentation: Presentation = Presentation.ALLOWED,
    val verification: Verification = Verification.NOT_VERIFIED,
    val direction: Direction = Direction.INCOMING,
) {
    /** Does not show the number. */
    override fun toString(): String =
        "Call(presentation=$presentation, verification=$verification, direction=$direction)"
}

/**
 * Whether the caller lets the number be shown.
 *
 * @property android the value of Android's `TelecomManager.PRESENTATION_*`.
 */
public enum class Presentation(public val android: Int) {
    /** The number may be shown. */
    ALLOWED(1),

    /** The caller hides it. */
    RESTRICTED(2),

    /** The network does not know it. */
    UNKNOWN(3),

    /** A public payphone. */
    PAYPHONE(4),
    ;

    /** Reads Android's values. */
    public companion object {
        private const val UNAVAILABLE = 5

        /**
         * What Android means by [android]; `PRESENTATION_UNAVAILABLE` is [UNKNOWN]. Any other value
         * hides nothing: what the caller shows is then looked at.
         */
        public fun of(android: Int): Presentation = when (android) {
            RESTRICTED.android -> RESTRICTED
            UNKNOWN.android, UNAVAILABLE -> UNKNOWN
            PAYPHONE.android -> PAYPHONE
            else -> ALLOWED
        }
    }
}

/**
 * What the network says of the caller ID (STIR/SHAKEN).
 *
 * @property android the value of Android's `Connection.VERIFICATION_STATUS_*`.
 */
public enum class Verification(public val android: Int) {
    /** Nothing. */
    NOT_VERIFIED(0),

    /** It vouches for it. */
    PASSED(1),

    /** It says that the caller ID is forged. */
    FAILED(2),
    ;

    /** Reads Android's values. */
    public companion object {
        /** What Android means by [android]; any other value says nothing. */
        public fun of(android: Int): Verification = when (android) {
            PASSED.android -> PASSED
            FAILED.android -> FAILED
            else -> NOT_VERIFIED
        }
    }
}

/**
 * Who calls whom.
 *
 * @property android the value of Android's `Call.Details.DIRECTION_*`.
 */
public enum class Direction(public val android: Int) {
    /** The other side calls. */
    INCOMING(0),

    /** The user calls. */
    OUTGOING(1),
    ;

    /** Reads Android's values. */
    public companion object {
        /** What Android means by [android]; `DIRECTION_UNKNOWN` and any other value is [INCOMING]. */
        public fun of(android: Int): Direction = if (android == OUTGOING.android) OUTGOING else INCOMING
    }
}
