package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.Action
import app.ringfence.Direction
import app.ringfence.LoggedCall
import app.ringfence.R
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.words.ActionLook
import app.ringfence.phone.words.CategoryWords

/** The last calls and what was done, the latest first. No number is among what it shows. */
class LogScreen(state: Bundle = Bundle()) : Screen(state) {
    private var calls: List<LoggedCall>? = null
    private var kept = true

    override fun name(): CharSequence = host.activity.getString(R.string.log_title)

    override fun load() {
        val log = parts.ringfence.log
        val settings = parts.ringfence.settings
        host.work(this, { log.calls() to settings.current().callLog }) { (calls, kept) ->
            this.calls = calls
            this.kept = kept
            host.refresh()
        }
    }

    override fun show(page: Page) {
        val calls = calls
        if (calls != null) {
            when {
                !kept -> off(page)
                calls.isEmpty() -> empty(page)
                else -> days(page, calls)
            }
        }
        page.quiet(page.words(R.string.log_note))
    }

    private fun days(page: Page, calls: List<LoggedCall>) {
        val wording = Wording(host.activity)
        val shown = state.getInt(SHOWN, PORTION)
        for ((day, ofDay) in calls.take(shown).groupBy { wording.day(it.at, parts.now()) }) {
            page.heading(day)
            for (call in ofDay) row(page, call, wording)
        }
        if (calls.size > shown) {
            page.button(page.words(R.string.log_more), Look.OTHER) {
                state.putInt(SHOWN, shown + PORTION)
                host.refresh()
            }
        }
    }

    private fun row(page: Page, call: LoggedCall, wording: Wording) {
        val action = call.verdict.action
        val time = wording.time(call.at)
        val country = call.region?.let { wording.country(it) }
        val where = if (country == null) time else page.words(R.string.log_time_and_place, time, country)
        // What a stranger may be says nothing about somebody whom the person rang.
        val mayBe = CategoryWords.title(call.verdict.category).takeIf { mayBeSaid(call) }
        val below = listOfNotNull(mayBe?.let { page.words(it) }, where).joinToString("\n")
        page.row(page.words(wording.done(call)), below, ActionLook.icon(action), ActionLook.tone(action)) {
            host.go(WhyScreen.about(call.at))
        }
    }

    private fun empty(page: Page) {
        page.heading(page.words(R.string.log_empty))
        page.text(page.words(R.string.log_empty_why))
    }

    private fun off(page: Page) {
        page.heading(page.words(R.string.log_off))
        page.text(page.words(R.string.log_off_why))
        page.button(page.words(R.string.settings_title), Look.OTHER) { host.go(SettingsScreen()) }
    }

    companion object {
        private const val SHOWN = "shown"
        private const val PORTION = 25

        /** Whether the category of a call is worth saying. */
        internal fun mayBeSaid(call: LoggedCall): Boolean =
            call.direction == Direction.INCOMING || call.verdict.action != Action.ALLOW
    }
}
