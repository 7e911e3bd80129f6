package app.ringfence.phone.screens

import android.os.Bundle
import android.text.InputType
import android.view.View
import android.view.inputmethod.InputMethodManager
import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.Category
import app.ringfence.Direction
import app.ringfence.Explanation
import app.ringfence.Presentation
import app.ringfence.R
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.words.ActionLook
import app.ringfence.phone.words.CategoryWords

/** What would be done with a number, without anybody ringing. What is typed is kept nowhere but here. */
class TestNumberScreen(state: Bundle = Bundle()) : Screen(state) {
    private var asked: Call? = null
    private var explanation: Explanation? = null

    private val typed: String get() = state.getString(TYPED).orEmpty()
    private val hidden: Boolean get() = state.getBoolean(HIDDEN)
    private val outgoing: Boolean get() = state.getBoolean(OUTGOING)

    override fun name(): CharSequence = host.activity.getString(R.string.test_title)

    override fun load() {
        if (state.getBoolean(TESTED) && explanation == null) test()
    }

    override fun show(page: Page) {
        val call = asked
        val found = explanation
        if (call != null && found != null) result(page, call, found) else page.text(page.words(R.string.test_intro))
        if (!hidden) {
            page.field(page.words(R.string.test_number), typed, type = InputType.TYPE_CLASS_PHONE) { state.putString(TYPED, it) }
        }
        page.switch(page.words(R.string.test_outgoing), on = outgoing) { choose(OUTGOING, it) }
        // Nobody rings a hidden number.
        if (!outgoing) page.switch(page.words(R.string.test_hidden), on = hidden) { choose(HIDDEN, it) }
        if (state.getBoolean(NOTHING_TYPED)) page.text(page.words(R.string.test_nothing_typed))
        page.button(page.words(R.string.test_button), if (found == null) Look.MAIN else Look.OTHER) { button ->
            hideKeyboard(button)
            test()
        }
    }

    private fun choose(what: String, on: Boolean) {
        state.putBoolean(what, on)
        if (outgoing) state.putBoolean(HIDDEN, false)
        // What was found was about another call.
        forgetResult()
        host.refresh()
    }

    private fun forgetResult() {
        asked = null
        explanation = null
        state.putBoolean(TESTED, false)
        state.putBoolean(NOTHING_TYPED, false)
    }

    private fun test() {
        forgetResult()
        if (!hidden && typed.isBlank()) {
            state.putBoolean(NOTHING_TYPED, true)
            return host.refresh()
        }
        val direction = if (outgoing) Direction.OUTGOING else Direction.INCOMING
        val call = if (hidden) Call(null, Presentation.RESTRICTED) else Call(typed, direction = direction)
        host.work(this, { parts.ringfence.explainer.explain(call, parts.now()) }) {
            asked = call
            explanation = it
            state.putBoolean(TESTED, true)
            host.refresh()
        }
    }

    private fun result(page: Page, call: Call, found: Explanation) {
        val wording = Wording(host.activity)
        val action = found.verdict.action
        val category = found.verdict.category
        val outgoing = call.direction == Direction.OUTGOING
        page.card {
            banner(ActionLook.icon(action), words(wordsFor(action, outgoing)), ActionLook.tone(action))
            found.e164?.let { text(wording.number(it)) }
            if (category == Category.UNKNOWN_CALLER_FORMAT) text(words(R.string.test_unreadable))
            if (outgoing && action == Action.ALLOW) {
                text(words(R.string.why_outgoing))
            } else {
                heading(words(CategoryWords.title(category)))
                text(words(CategoryWords.why(category)))
                text(words(if (outgoing) R.string.why_outgoing_advice else CategoryWords.advice(category)))
            }
            wording.howSure(found.verdict.confidence)?.let { fact(words(R.string.why_how_sure), it) }
            found.region?.let { fact(words(R.string.test_country), wording.country(it)) }
            val kind = found.kind?.let { wording.kind(it) }
            // That it is not known helps nobody.
            if (kind != null && kind != R.string.kind_unknown) fact(words(R.string.test_kind), words(kind))
        }
        page.rules(found.rules, null, wording, state.getBoolean(OPEN)) {
            state.putBoolean(OPEN, it)
            host.refresh()
        }
    }

    private fun wordsFor(action: Action, outgoing: Boolean): Int = when (action) {
        Action.ALLOW -> if (outgoing) R.string.test_outgoing_allow else R.string.test_allow
        Action.WARN -> if (outgoing) R.string.test_outgoing_warn else R.string.test_warn
        Action.SILENCE -> R.string.test_silence
        Action.REJECT -> R.string.test_reject
    }

    /** What was found would be under it. */
    private fun hideKeyboard(view: View) {
        host.activity.getSystemService(InputMethodManager::class.java)?.hideSoftInputFromWindow(view.windowToken, 0)
    }

    private companion object {
        const val TYPED = "typed"
        const val HIDDEN = "hidden"
        const val OUTGOING = "outgoing"
        const val TESTED = "tested"
        const val NOTHING_TYPED = "nothing_typed"
        const val OPEN = "open"
    }
}
