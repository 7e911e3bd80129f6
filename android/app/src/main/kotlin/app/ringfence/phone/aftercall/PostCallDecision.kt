package app.ringfence.phone.aftercall

import android.telecom.DisconnectCause
import app.ringfence.Action
import app.ringfence.Direction
import app.ringfence.Failure
import app.ringfence.Rule
import app.ringfence.phone.Ask
import app.ringfence.phone.SeenCall

/** What is done when a call has ended. */
enum class PostCallDecision {
    /** "Was that a scam?" */
    ASK,

    /** They spoke with somebody whom nothing speaks against: the number is known from then on. */
    REMEMBER,

    /** Nothing: it was no one's business, or somebody made it up. */
    NOTHING,
    ;

    companion object {
        /** Causes of calls in which people can have spoken. */
        private val SPOKEN = setOf(
            DisconnectCause.UNKNOWN,
            DisconnectCause.ERROR,
            DisconnectCause.LOCAL,
            DisconnectCause.REMOTE,
            DisconnectCause.OTHER,
        )

        /** Whoever is let through by these is known to the person. */
        private val KNOWN = setOf(Rule.EMERGENCY, Rule.ALLOW_LIST, Rule.KNOWN)

        /** From 3 seconds, from a minute and from two minutes on; what is shorter was no talk. */
        private const val SHORT = 1
        private const val MEDIUM = 2
        private const val LONG = 3

        private const val SECOND = 1000L
        private const val OLDEST = 12 * 60 * 60 * SECOND

        /**
         * Decides about a call that has ended, if it has: whoever says so need not be the system.
         *
         * @param cause why it ended, a code of [DisconnectCause].
         * @param duration how long it was, one of `TelecomManager.DURATION_*`.
         * @param seen the call with that number that the system asked about; null if there is none.
         * @param ask after which calls the person wants to be asked.
         * @param protection whether calls are screened.
         * @param now the time in milliseconds since 1970.
         */
        fun of(cause: Int, duration: Int, seen: SeenCall?, ask: Ask, protection: Boolean, now: Long): PostCallDecision {
            if (seen == null || seen.settled || !protection || cause !in SPOKEN) return NOTHING
            val since = now - seen.at
            if (since > OLDEST || since < shortest(duration)) return NOTHING
            return when {
                wanted(seen, ask) -> ASK
                duration >= MEDIUM && harmless(seen) -> REMEMBER
                else -> NOTHING
            }
        }

        /** How long a call of that duration is at least. Whatever is no duration never was. */
        private fun shortest(duration: Int): Long = when (duration) {
            SHORT -> 3 * SECOND
            MEDIUM -> 60 * SECOND
            LONG -> 120 * SECOND
            else -> Long.MAX_VALUE
        }

        private fun wanted(seen: SeenCall, ask: Ask): Boolean {
            if (seen.verdict.rule in KNOWN) return false
            val warned = seen.verdict.action != Action.ALLOW
            return when (ask) {
                Ask.STRANGERS -> warned || seen.direction == Direction.INCOMING
                Ask.WARNED -> warned
                Ask.NEVER -> false
            }
        }

        private fun harmless(seen: SeenCall): Boolean =
            seen.verdict.action == Action.ALLOW &&
                seen.verdict.failure == Failure.NONE &&
                seen.verdict.rule != Rule.EMERGENCY
    }
}
