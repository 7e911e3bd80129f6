package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.R
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone

/** What somebody has to read who may do something because a caller wants it. */
internal fun Page.didACallerTell(tone: Tone) = card(tone) {
    heading(words(R.string.did_a_caller_tell), tone)
    text(words(R.string.off_text))
}

/** Asks before protection is switched off: whoever is on the phone may have been told to. */
class SwitchOffScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.off_title)

    override fun show(page: Page) = page.run {
        didACallerTell(Tone.DANGER)
        button(words(R.string.off_keep)) { host.back() }
        button(words(R.string.off_switch), Look.OTHER) {
            parts.choices.protection = false
            host.back()
        }.filterTouchesWhenObscured = true
        Unit
    }
}

/** Asks before simple mode shows everything. */
class ForHelperScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.home_for_helper)

    override fun show(page: Page) = page.run {
        card(Tone.CAREFUL) {
            heading(words(R.string.did_a_caller_tell_open), Tone.CAREFUL)
            text(words(R.string.open_text))
        }
        button(words(R.string.open_back)) { host.back() }
        button(words(R.string.open_all), Look.OTHER) { host.replace(HomeScreen.everything()) }.filterTouchesWhenObscured = true
        Unit
    }
}
