package app.ringfence.phone.check

import app.ringfence.R
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Tone

/** What is remembered of whoever rang, and what can be. */
internal class CallerCard(private val page: Page, private val caller: Caller, private val check: CheckState) {
    /** After a call that was fine. */
    fun fine(remember: (Mark) -> Unit) {
        when {
            caller.whom == null -> page.quiet(page.words(lost()))
            caller.hidden -> page.quiet(page.words(R.string.check_caller_hidden))
            check.mark == Mark.FINE -> marked(R.string.check_remembered_fine, remember)
            else -> page.button(page.words(R.string.check_mark_fine), Look.OTHER) { remember(Mark.FINE) }
        }
    }

    /**
     * After a result.
     *
     * @param fine whether nothing speaks against the call.
     * @param scam whether it was one, as far as can be told.
     * @param remember remembers the caller.
     * @param block stops the caller's calls.
     */
    fun result(fine: Boolean, scam: Boolean, remember: (Mark) -> Unit, block: () -> Unit) {
        page.heading(page.words(R.string.check_caller_title))
        if (caller.whom == null) {
            page.text(page.words(lost()))
            return
        }
        when (check.mark) {
            Mark.SCAM -> marked(R.string.check_remembered_scam, remember)
            Mark.FINE -> marked(R.string.check_remembered_fine, remember)
            Mark.NONE -> marks(fine, scam, remember)
        }
        if (check.blocked) page.text(page.words(R.string.check_blocked), Tone.GOOD)
        else if (caller.hasNumber && check.mark != Mark.FINE && !(fine && check.mark == Mark.NONE)) {
            page.button(page.words(R.string.check_block), Look.OTHER) { block() }
        }
    }

    private fun marks(fine: Boolean, scam: Boolean, remember: (Mark) -> Unit) {
        val look = if (fine) Look.LINK else if (scam) Look.MAIN else Look.OTHER
        val markScam = { page.button(page.words(R.string.check_mark_scam), look) { remember(Mark.SCAM) } }
        if (!fine) markScam()
        // There is no number to let ring then.
        if (!caller.hidden) page.button(page.words(R.string.check_mark_fine), Look.OTHER) { remember(Mark.FINE) }
        if (fine) markScam()
    }

    private fun marked(words: Int, remember: (Mark) -> Unit) {
        page.text(page.words(words), Tone.GOOD)
        page.button(page.words(R.string.check_take_back), Look.LINK) { remember(Mark.NONE) }
    }

    private fun lost(): Int = if (check.callAt == null) R.string.check_caller_none else R.string.check_caller_lost
}
