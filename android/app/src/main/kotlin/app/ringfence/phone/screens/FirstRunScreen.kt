package app.ringfence.phone.screens

import android.Manifest
import android.app.NotificationManager
import android.content.Intent
import android.os.Build
import android.os.Bundle
import android.text.BidiFormatter
import android.text.TextDirectionHeuristics
import app.ringfence.Call
import app.ringfence.R
import app.ringfence.Verdict
import app.ringfence.phone.CallScreening
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone
import app.ringfence.phone.words.ActionLook
import app.ringfence.phone.words.CategoryWords

/** What it does, the system's leave to check calls, and a first try: three steps, none of them a must. */
class FirstRunScreen(state: Bundle = Bundle()) : Screen(state) {
    private var example: Verdict? = null

    private val step: Int get() = state.getInt(STEP)

    override fun name(): CharSequence = host.activity.getString(
        when (step) {
            0 -> R.string.first_what_title
            1 -> R.string.first_role_title
            else -> R.string.first_try_title
        },
    )

    override val goesBack: Boolean get() = step > 0

    override fun back() = goTo(step - 1)

    override fun load() {
        val context = host.activity.applicationContext
        host.work(this, { CallScreening.learnHome(context, parts) }) {}
        if (step < LAST || example != null) return
        val call = Call(host.activity.getString(R.string.example_number))
        host.work(this, { parts.ringfence.explainer.explain(call, parts.now()).verdict }) {
            example = it
            host.refresh()
        }
    }

    override fun show(page: Page) {
        page.quiet(host.activity.getString(R.string.first_step, step + 1, LAST + 1))
        when (step) {
            0 -> showWhat(page)
            1 -> showRole(page)
            else -> showTry(page)
        }
    }

    override fun answered(request: Int, result: Int, data: Intent?) {
        if (request == Mending.ROLE) state.putBoolean(REFUSED, !CallScreening.held(host.activity))
        host.refresh()
    }

    private fun showWhat(page: Page) = page.run {
        title(name())
        point(R.drawable.ic_shield_full, words(R.string.first_what_checks))
        point(R.drawable.ic_question, words(R.string.first_what_asks))
        point(R.drawable.ic_person, words(R.string.first_what_advises))
        card {
            heading(words(R.string.first_never_title))
            text(words(R.string.first_never_reads))
            text(words(R.string.first_never_sends))
        }
        button(words(R.string.first_next)) { goTo(1) }
        button(words(R.string.first_skip), Look.LINK) { done() }
        Unit
    }

    private fun showRole(page: Page) = page.run {
        when {
            CallScreening.held(host.activity) -> {
                banner(R.drawable.ic_shield_full, words(R.string.first_role_held), Tone.GOOD)
                text(words(R.string.first_role_held_text))
                button(words(R.string.first_next)) { goTo(2) }
            }
            !CallScreening.possible(host.activity) -> {
                card(Tone.CAREFUL) {
                    heading(words(R.string.test_role_none), Tone.CAREFUL)
                    text(words(R.string.first_role_none_text))
                }
                button(words(R.string.first_next)) { goTo(2) }
            }
            else -> {
                text(words(R.string.first_role_text))
                if (state.getBoolean(REFUSED)) {
                    card(Tone.CAREFUL) {
                        heading(words(R.string.first_role_refused), Tone.CAREFUL)
                        text(words(R.string.first_role_refused_text))
                    }
                } else {
                    text(words(R.string.first_role_dialogue))
                }
                button(words(R.string.mend_ask_role)) { Mending.askRole(host) }
                button(words(R.string.first_without), Look.OTHER) { goTo(2) }
            }
        }
        Unit
    }

    private fun showTry(page: Page) = page.run {
        text(words(R.string.first_try_text))
        example?.let { verdict ->
            card(ActionLook.tone(verdict.action)) {
                val number = BidiFormatter.getInstance().unicodeWrap(words(R.string.example_number), TextDirectionHeuristics.LTR)
                quiet(words(R.string.first_try_call, number))
                banner(ActionLook.icon(verdict.action), words(CategoryWords.title(verdict.category)), ActionLook.tone(verdict.action))
                text(words(CategoryWords.why(verdict.category)))
                text(words(CategoryWords.advice(verdict.category)))
                quiet(words(ActionLook.words(verdict.action)))
            }
        }
        val allowed = host.activity.getSystemService(NotificationManager::class.java)?.areNotificationsEnabled() == true
        heading(words(R.string.first_notices_title))
        if (allowed) {
            text(words(R.string.first_notices_allowed), Tone.GOOD)
        } else {
            text(words(R.string.first_notices_text))
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU && !state.getBoolean(ASKED)) {
                button(words(R.string.mend_notices)) { askForNotices() }
            } else {
                text(words(R.string.first_notices_refused), Tone.CAREFUL)
                button(words(R.string.mend_notices_settings), Look.OTHER) { host.start(Mending.notices(host)) }
            }
        }
        val first = allowed || state.getBoolean(ASKED)
        button(words(R.string.first_done), if (first) Look.MAIN else Look.OTHER) { done() }
    }

    private fun askForNotices() {
        state.putBoolean(ASKED, true)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            host.activity.requestPermissions(arrayOf(Manifest.permission.POST_NOTIFICATIONS), 0)
        }
    }

    private fun goTo(step: Int) {
        state.putInt(STEP, step)
        // In its own place, so that it begins on top.
        host.replace(FirstRunScreen(state))
    }

    private fun done() {
        parts.choices.welcomed = true
        host.replace(HomeScreen())
    }

    private companion object {
        const val STEP = "step"
        const val LAST = 2
        const val REFUSED = "refused"
        const val ASKED = "asked for notices"
    }
}
