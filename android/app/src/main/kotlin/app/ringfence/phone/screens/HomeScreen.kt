package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.phone.R
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone

/** Is the phone protected, and what happened this week? */
class HomeScreen(state: Bundle = Bundle()) : Screen(state) {
    private var calls: Int? = null

    override fun name(): CharSequence = host.activity.getString(R.string.app_name)

    override fun load() = host.work(this, { parts.ringfence.log.calls().size }) {
        calls = it
        host.refresh()
    }

    override fun show(page: Page) {
        page.banner(R.drawable.ic_shield_full, "You are protected", Tone.GOOD)
        page.text("$calls calls in the log")
        page.button("Was that a scam?") { }
    }
}
