package app.ringfence.phone.check

import app.ringfence.Call
import app.ringfence.Whom
import app.ringfence.phone.Parts

/**
 * Whoever rang, as far as this phone still knows. The number itself is never shown.
 *
 * @property whom how the memory is told of them; null if nobody knows any more.
 * @property number the number, if the process or the person knows it; empty if the call showed none.
 * @property hidden whether the call showed no number.
 */
internal class Caller private constructor(val whom: Whom?, val number: String?, val hidden: Boolean) {
    /** Whether the number can be put on a list. */
    val hasNumber: Boolean get() = !number.isNullOrEmpty()

    /** They are remembered as [mark] from now on. Writes. */
    fun remember(parts: Parts, mark: Mark, at: Long) {
        val whom = whom ?: return
        when (mark) {
            Mark.NONE -> parts.ringfence.memory.unmark(whom, at)
            Mark.SCAM -> parts.ringfence.memory.markScam(whom, at)
            Mark.FINE -> parts.ringfence.memory.markFine(whom, at)
        }
    }

    /**
     * Their calls are stopped from now on, unless what they showed is no number: a list understands
     * more than numbers, and a caller can show what stands for a whole country. Writes.
     */
    fun block(parts: Parts): Boolean {
        val e164 = number?.let { parts.ringfence.explainer.explain(Call(it), parts.now()).e164 } ?: return false
        parts.ringfence.settings.change { it.copy(allow = it.allow - e164, block = it.block - e164 + e164) }
        return true
    }

    companion object {
        /** Somebody of whom nothing is known any more. */
        val NOBODY: Caller = Caller(null, null, hidden = false)

        /**
         * Whoever made the call that began [callAt], or has the number [given]. Reads a file.
         *
         * @throws app.ringfence.RingfenceException
         */
        fun of(parts: Parts, callAt: Long?, given: String?): Caller {
            if (given != null) return Caller(Whom.Number(given), given, hidden = given.isEmpty())
            if (callAt == null) return NOBODY
            val number = parts.seenCalls.number(callAt)
            return when (val whom = parts.whom(callAt)) {
                is Whom.Number -> Caller(whom, number.orEmpty(), hidden = number.isNullOrEmpty())
                is Whom.Logged -> Caller(whom, null, hidden = parts.logged(callAt)?.kind == null)
                null -> NOBODY
            }
        }
    }
}
