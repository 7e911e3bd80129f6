package app.ringfence.phone.screens

import android.os.Bundle
import android.text.InputType
import app.ringfence.Call
import app.ringfence.Category
import app.ringfence.Explanation
import app.ringfence.R
import app.ringfence.phone.MainActivity
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone

/** A helper sets the phone up for somebody else: whom to ring, and that the rest is hidden. */
class SetUpForSomeoneScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.set_up_title)

    override fun load() {
        if (state.containsKey(NAME)) return
        state.putString(NAME, parts.choices.helperName)
        state.putString(NUMBER, parts.choices.helperNumber)
        state.putBoolean(SIMPLE, true)
    }

    override fun show(page: Page) = page.run {
        text(words(R.string.set_up_text))
        field(words(R.string.set_up_name), written(NAME), type = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_CAP_WORDS) {
            state.putString(NAME, it)
        }
        field(words(R.string.set_up_number), written(NUMBER), type = InputType.TYPE_CLASS_PHONE) { state.putString(NUMBER, it) }
        quiet(words(R.string.set_up_number_below))
        heading(words(R.string.set_up_what))
        val simple = state.getBoolean(SIMPLE)
        choice(words(R.string.set_up_simple), words(R.string.set_up_simple_below), simple) { choose(true) }
        choice(words(R.string.set_up_everything), words(R.string.set_up_everything_below), !simple) { choose(false) }
        wrong()?.let { wrong ->
            card(Tone.CAREFUL) { text(words(wrong), Tone.CAREFUL) }
        }
        // Whoever is put down here always rings.
        didACallerTell(Tone.CAREFUL)
        button(words(if (simple) R.string.set_up_switch_on else R.string.set_up_keep)) { save() }
        Unit
    }

    private fun written(key: String): String = state.getString(key).orEmpty()

    private fun choose(simple: Boolean) {
        state.putBoolean(SIMPLE, simple)
        host.refresh()
    }

    private fun save() {
        val name = written(NAME).trim()
        val number = written(NUMBER).trim()
        if (name.isEmpty() != number.isEmpty()) return say(BOTH)
        if (number.isEmpty()) return keep(name, number)
        host.work(this, { alwaysRings(number) }) { rings -> if (rings) keep(name, number) else say(UNREADABLE) }
    }

    /** Puts the number on the list of those that always ring; false if it is none that can be dialled. */
    private fun alwaysRings(number: String): Boolean {
        val explained = parts.ringfence.explainer.explain(Call(number), parts.now())
        val e164 = explained.e164
        if (e164 == null || !dialled(explained)) return false
        parts.ringfence.settings.change { if (e164 in it.allow) it else it.copy(allow = it.allow + e164) }
        return true
    }

    private fun dialled(explained: Explanation): Boolean =
        explained.verdict.category != Category.IMPOSSIBLE_LENGTH && explained.verdict.category != Category.UNKNOWN_CALLER_FORMAT

    private fun keep(name: String, number: String) {
        parts.choices.helper(name, number)
        parts.choices.simple = state.getBoolean(SIMPLE)
        (host.activity as? MainActivity)?.showHome() ?: host.back()
    }

    private fun wrong(): Int? = when (state.getInt(WRONG)) {
        BOTH -> R.string.set_up_both
        UNREADABLE -> R.string.failed_input
        else -> null
    }

    private fun say(wrong: Int) {
        state.putInt(WRONG, wrong)
        host.refresh()
    }

    private companion object {
        const val NAME = "name"
        const val NUMBER = "number"
        const val SIMPLE = "simple"
        const val WRONG = "wrong"
        const val BOTH = 1
        const val UNREADABLE = 2
    }
}
