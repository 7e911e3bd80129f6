package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.Mode
import app.ringfence.R
import app.ringfence.Settings
import app.ringfence.phone.Ask
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone

/** How much is stopped, and, folded, the rest that can be chosen. Shows what is in force, not what was tapped. */
class SettingsScreen(state: Bundle = Bundle()) : Screen(state) {
    private var settings: Settings? = null

    override fun name(): CharSequence = host.activity.getString(R.string.settings_title)

    override fun load() = change(null)

    override fun show(page: Page) {
        val settings = settings ?: return
        modes(page, settings)
        page.heading(page.words(R.string.settings_ask))
        for (ask in Ask.values()) {
            page.choice(page.words(wordsFor(ask)), chosen = parts.choices.ask == ask) {
                parts.choices.ask = ask
                host.refresh()
            }
        }
        page.heading(page.words(R.string.settings_home))
        val home = settings.home?.let { Wording(host.activity).country(it) } ?: page.words(R.string.settings_no_home)
        page.row(home, page.words(R.string.home_why)) { host.go(HomeRegionScreen()) }
        page.row(page.words(R.string.set_up_title), page.words(R.string.set_up_below)) {
            host.go(SetUpForSomeoneScreen())
        }
        page.folded(page.words(R.string.settings_more), state.getBoolean(OPEN), { put(OPEN, it) }) { more(settings) }
    }

    private fun modes(page: Page, settings: Settings) {
        page.heading(page.words(R.string.settings_mode))
        for (mode in Mode.values()) {
            val what = when (mode) {
                Mode.GENTLE -> R.string.mode_gentle_what
                Mode.STANDARD -> R.string.mode_standard_what
                Mode.STRICT -> R.string.mode_strict_what
            }
            page.choice(page.words(nameOf(mode)), page.words(what), settings.mode == mode) {
                change { it.copy(mode = mode) }
            }
        }
    }

    private fun Page.more(settings: Settings) {
        switch(words(R.string.settings_repeated), words(R.string.settings_repeated_what), settings.repeatedCall) { on ->
            change { it.copy(repeatedCall = on) }
        }
        log(settings)
        heading(words(R.string.settings_after_scam))
        for (hours in (HOURS + settings.afterScamHours).toSortedSet()) {
            choice(long(hours), chosen = settings.afterScamHours == hours) { change { it.copy(afterScamHours = hours) } }
        }
        heading(words(R.string.settings_who))
        row(words(R.string.categories_title), words(R.string.categories_what)) { host.go(CategoriesScreen()) }
        row(words(R.string.allow_title), words(R.string.allow_what)) { host.go(ListScreen.ofAllowed()) }
        row(words(R.string.block_title), words(R.string.block_what)) { host.go(ListScreen.ofBlocked()) }
        heading(words(R.string.settings_kept))
        row(words(R.string.backup_title), words(R.string.backup_what)) { host.go(BackupScreen()) }
        row(words(R.string.forget_title), words(R.string.forget_what)) { host.go(ForgetScreen()) }
    }

    /** Switching the log off empties it, so the person is asked first. */
    private fun Page.log(settings: Settings) {
        switch(words(R.string.settings_log), words(R.string.settings_log_what), settings.callLog) { on ->
            if (on) change { it.copy(callLog = true) } else put(ASKING, true)
        }
        if (!settings.callLog || !state.getBoolean(ASKING)) return
        card(Tone.CAREFUL) {
            text(words(R.string.settings_log_question), Tone.CAREFUL)
            button(words(R.string.settings_log_keep)) { put(ASKING, false) }
            button(words(R.string.settings_log_empty), Look.OTHER) {
                state.putBoolean(ASKING, false)
                change { it.copy(callLog = false) }
            }
        }
    }

    private fun Page.long(hours: Int): String = when {
        hours % WEEK == 0 -> count(R.plurals.weeks, hours / WEEK, hours / WEEK)
        hours % DAY == 0 -> count(R.plurals.days, hours / DAY, hours / DAY)
        else -> count(R.plurals.hours, hours, hours)
    }

    private fun change(change: ((Settings) -> Settings)?) {
        val store = parts.ringfence.settings
        host.work(this, { if (change == null) store.current() else store.change(change) }) {
            settings = it
            host.refresh()
        }
    }

    private fun put(what: String, on: Boolean) {
        state.putBoolean(what, on)
        host.refresh()
    }

    private fun wordsFor(ask: Ask): Int = when (ask) {
        Ask.STRANGERS -> R.string.ask_strangers
        Ask.WARNED -> R.string.ask_warned
        Ask.NEVER -> R.string.ask_never
    }

    companion object {
        private const val OPEN = "open"
        private const val ASKING = "asking"
        private const val DAY = 24
        private const val WEEK = 7 * DAY

        /** How long strangers can be warned of after a scam. */
        private val HOURS = listOf(DAY, 3 * DAY, WEEK, 2 * WEEK, 4 * WEEK)

        /** The name of a mode; a string. */
        fun nameOf(mode: Mode): Int = when (mode) {
            Mode.GENTLE -> R.string.mode_gentle
            Mode.STANDARD -> R.string.mode_standard
            Mode.STRICT -> R.string.mode_strict
        }
    }
}
