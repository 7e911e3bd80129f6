package app.ringfence.phone.screens

import android.content.Intent
import android.os.Bundle
import android.text.format.DateUtils
import app.ringfence.Action
import app.ringfence.LoggedCall
import app.ringfence.R
import app.ringfence.RingfenceException
import app.ringfence.phone.CallScreening
import app.ringfence.phone.check.CheckScreen
import app.ringfence.phone.check.Deeds
import app.ringfence.phone.selftest.Findings
import app.ringfence.phone.selftest.Line
import app.ringfence.phone.selftest.Remedy
import app.ringfence.phone.selftest.SelfTest
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone
import app.ringfence.phone.words.ActionLook

/** Is the phone protected, and what happened this week? In simple mode, little more than one big button. */
class HomeScreen(state: Bundle = Bundle()) : Screen(state) {
    private var seen: Seen? = null

    /** Whether most of it is hidden now. */
    private val simple: Boolean get() = parts.choices.simple && !state.getBoolean(EVERYTHING)

    override fun name(): CharSequence = host.activity.getString(R.string.app_name)

    override fun load() {
        val context = host.activity.applicationContext
        host.work(this, {
            val found = Findings.of(context, parts)
            // What cannot be read is among the findings, and said there.
            val calls = tried { parts.ringfence.log.calls() }.orEmpty()
            tried { CallScreening.learnHome(context, parts) }
            Seen(found, calls, tried { parts.ringfence.settings.current().callLog } ?: true)
        }) {
            seen = it
            host.refresh()
        }
    }

    override fun show(page: Page) {
        val seen = seen ?: return page.run { text(words(R.string.working)) }
        banner(page, seen)
        wasThatAScam(page, seen)
        if (simple) return showSimple(page)
        switch(page)
        week(page, seen)
        rows(page)
    }

    override fun answered(request: Int, result: Int, data: Intent?) {
        if (request == Mending.ROLE) state.putBoolean(REFUSED, !CallScreening.held(host.activity))
    }

    private fun banner(page: Page, seen: Seen) {
        val line = SelfTest.worst(seen.found)
        val tone = if (line?.unprotected == true) Tone.DANGER else line?.tone ?: Tone.GOOD
        page.card(tone) {
            when {
                line == null -> {
                    banner(R.drawable.ic_shield_full, words(R.string.home_protected), Tone.GOOD)
                    if (!simple) text(words(R.string.home_protected_text))
                }
                line.unprotected -> {
                    banner(R.drawable.ic_warning, words(R.string.home_not_protected), Tone.DANGER)
                    text(line.text(host.activity, parts.now()))
                }
                else -> {
                    banner(R.drawable.ic_warning, words(line.title), tone)
                    text(line.text(host.activity, parts.now()))
                }
            }
            line?.let { mend(this, it) }
        }
    }

    /** The one button that mends what is wrong. */
    private fun mend(page: Page, line: Line) {
        var remedy = line.remedy ?: return
        // The system asks twice at most; then there is its settings page alone.
        if (remedy == Remedy.ASK_ROLE && state.getBoolean(REFUSED)) {
            page.text(page.words(R.string.mend_role_refused))
            remedy = Remedy.DEFAULT_APPS
        }
        if (remedy.inApp && simple) return
        page.button(page.words(remedy.words)) { Mending.mend(this, remedy) }
    }

    private fun wasThatAScam(page: Page, seen: Seen) {
        val call = Week.recentStranger(seen.calls, seen.found.now)
        // Being protected comes first.
        val look = if (SelfTest.worst(seen.found)?.unprotected == true) Look.OTHER else Look.MAIN
        page.button(page.words(R.string.check_title), look, big = true) { host.go(CheckScreen.about(call?.at)) }
        if (call == null || simple) return
        val time = DateUtils.formatDateTime(host.activity, call.at, DateUtils.FORMAT_SHOW_TIME)
        page.quiet(page.words(R.string.home_about_call, time))
    }

    private fun showSimple(page: Page) {
        val choices = parts.choices
        if (choices.hasHelper) {
            page.button(page.words(R.string.home_ring_helper, choices.helperName), Look.OTHER, big = true) {
                host.start(Deeds.dialled(choices.helperNumber))
            }
        }
        page.button(page.words(R.string.home_for_helper), Look.LINK) { host.go(ForHelperScreen()) }
    }

    private fun switch(page: Page) {
        page.switch(page.words(R.string.home_switch), page.words(if (parts.choices.protection) R.string.home_switch_below else R.string.home_switch_below_off), parts.choices.protection) { on ->
            if (on) {
                parts.choices.protection = true
                load()
            } else {
                // Nothing is switched off by one tap.
                host.go(SwitchOffScreen())
            }
        }
    }

    private fun week(page: Page, seen: Seen) = page.run {
        heading(words(R.string.home_week))
        val counts = Week.counts(seen.calls, seen.found.now)
        when {
            !seen.logged -> text(words(R.string.home_week_not_logged))
            counts.isEmpty() -> text(words(R.string.home_week_nothing))
            else -> card {
                for ((action, words) in WEEK) {
                    val count = counts[action] ?: continue
                    // What was stopped is no reason to worry.
                    point(ActionLook.icon(action), count(words, count, count), Tone.PLAIN)
                }
            }
        }
    }

    private fun rows(page: Page) = page.run {
        heading(words(R.string.home_more))
        row(words(R.string.log_title), icon = R.drawable.ic_log) { host.go(LogScreen()) }
        row(words(R.string.test_title), icon = R.drawable.ic_number) { host.go(TestNumberScreen()) }
        row(words(R.string.settings_title), icon = R.drawable.ic_settings) { host.go(SettingsScreen()) }
        row(words(R.string.self_test_title), icon = R.drawable.ic_check) { host.go(SelfTestScreen()) }
        row(words(R.string.set_up_title), words(R.string.set_up_below), R.drawable.ic_person) { host.go(SetUpForSomeoneScreen()) }
        row(words(R.string.database_title), icon = R.drawable.ic_shield) { host.go(DatabaseScreen()) }
        row(words(R.string.about_title), icon = R.drawable.ic_question) { host.go(AboutScreen()) }
    }

    private class Seen(val found: Findings, val calls: List<LoggedCall>, val logged: Boolean)

    /** How it is opened otherwise. */
    companion object {
        private const val EVERYTHING = "everything"
        private const val REFUSED = "refused"
        private val WEEK = listOf(
            Action.REJECT to R.plurals.home_week_rejected,
            Action.SILENCE to R.plurals.home_week_silenced,
            Action.WARN to R.plurals.home_week_warned,
            Action.ALLOW to R.plurals.home_week_allowed,
        )

        /** All of it, in simple mode too: for the helper. */
        fun everything(): HomeScreen = HomeScreen(Bundle().apply { putBoolean(EVERYTHING, true) })

        private fun <T> tried(read: () -> T): T? = try {
            read()
        } catch (_: RingfenceException) {
            null
        }
    }
}
