package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.Action
import app.ringfence.CallMemory
import app.ringfence.Category
import app.ringfence.Direction
import app.ringfence.LoggedCall
import app.ringfence.R
import app.ringfence.RingfenceException
import app.ringfence.Whom
import app.ringfence.phone.check.CheckScreen
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone
import app.ringfence.phone.words.ActionLook
import app.ringfence.phone.words.CategoryWords

/** One call of the log: what was done and why, and what the person knows better. */
class WhyScreen(state: Bundle) : Screen(state) {
    private var call: LoggedCall? = null
    private var looked = false

    private val callAt: Long get() = state.getLong(CALL_AT)
    private var said: Said
        get() = Said.values()[state.getInt(SAID)]
        set(value) = state.putInt(SAID, value.ordinal)

    override fun name(): CharSequence = host.activity.getString(R.string.why_title)

    override fun load() = host.work(this, { parts.logged(callAt) }) {
        call = it
        looked = true
        host.refresh()
    }

    override fun show(page: Page) {
        val call = call
        when {
            call != null -> show(page, call)
            looked -> {
                page.heading(page.words(R.string.why_gone))
                page.text(page.words(R.string.why_gone_why))
            }
        }
    }

    private fun show(page: Page, call: LoggedCall) {
        val wording = Wording(host.activity)
        val action = call.verdict.action
        page.banner(ActionLook.icon(action), page.words(wording.done(call)), ActionLook.tone(action))
        val day = wording.day(call.at, parts.now())
        val time = wording.time(call.at)
        val country = call.region?.let { wording.country(it) }
        page.quiet(
            if (country == null) page.words(R.string.why_day_and_time, day, time)
            else page.words(R.string.why_day_time_and_place, day, time, country),
        )
        reasons(page, call, wording)
        opinion(page, call)
        page.rules(call.rules, call.release, wording, state.getBoolean(OPEN)) {
            state.putBoolean(OPEN, it)
            host.refresh()
        }
    }

    private fun reasons(page: Page, call: LoggedCall, wording: Wording) {
        val category = call.verdict.category
        if (!LogScreen.mayBeSaid(call)) {
            page.text(page.words(R.string.why_outgoing))
            return
        }
        val outgoing = call.direction == Direction.OUTGOING
        val advice = when {
            outgoing -> R.string.why_outgoing_advice
            // It did not ring, so there is nothing to answer or not.
            call.verdict.action >= Action.SILENCE -> R.string.why_stopped_advice
            else -> CategoryWords.advice(category)
        }
        page.heading(page.words(CategoryWords.title(category)))
        page.text(page.words(CategoryWords.why(category)))
        if (outgoing) page.text(page.words(R.string.why_outgoing))
        page.card {
            fact(words(R.string.why_what_to_do), words(advice))
            wording.howSure(call.verdict.confidence)?.let { fact(words(R.string.why_how_sure), it) }
        }
    }

    /** What the person says of it, or can say. */
    private fun opinion(page: Page, call: LoggedCall) {
        page.heading(page.words(R.string.why_was_it_right))
        when (said) {
            Said.NOTHING -> {
                when {
                    // The person's own list comes before all else.
                    call.verdict.category == Category.BLOCKED_BY_YOU ->
                        page.button(page.words(R.string.why_list), Look.OTHER) { host.go(ListScreen.ofBlocked()) }
                    // Whoever showed no number can be marked as a scam, but cannot be let ring always.
                    call.kind != null ->
                        page.button(page.words(R.string.why_fine), Look.OTHER) { say(call, Said.FINE) { whom, at -> markFine(whom, at) } }
                }
                page.button(page.words(R.string.why_scam), Look.OTHER) { say(call, Said.SCAM) { whom, at -> markScam(whom, at) } }
            }
            Said.NO_NUMBER -> page.text(page.words(R.string.why_no_number))
            Said.FINE, Said.SCAM -> page.card(if (said == Said.FINE) Tone.GOOD else Tone.CAREFUL) {
                text(words(wordsFor(said, call)))
                button(words(R.string.why_undo), Look.LINK) { say(call, Said.NOTHING) { whom, at -> unmark(whom, at) } }
            }
        }
        page.button(page.words(R.string.why_check), Look.OTHER) { host.go(CheckScreen.about(callAt)) }
    }

    private fun wordsFor(said: Said, call: LoggedCall): Int = when {
        said == Said.FINE -> R.string.why_marked_fine
        call.kind == null -> R.string.why_marked_scam_without_number
        else -> R.string.why_marked_scam
    }

    private fun say(call: LoggedCall, what: Said, tell: CallMemory.(Whom, Long) -> Unit) {
        val remembered = {
            try {
                parts.ringfence.memory.tell(Whom.Logged(call.id), parts.now())
                what
            } catch (_: RingfenceException.Input) {
                // Either it had no number, or it has left the log meanwhile, which loading finds out.
                Said.NO_NUMBER
            }
        }
        host.work(this, remembered) {
            said = it
            load()
        }
    }

    /** What the person said of the call here. */
    private enum class Said { NOTHING, FINE, SCAM, NO_NUMBER }

    companion object {
        private const val CALL_AT = "call_at"
        private const val SAID = "said"
        private const val OPEN = "open"

        /** The call that began [callAt], in milliseconds since 1970. */
        fun about(callAt: Long): WhyScreen = WhyScreen(Bundle().apply { putLong(CALL_AT, callAt) })
    }
}
