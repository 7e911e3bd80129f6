package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.phone.R
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen

/** What it does, the system's leave to screen calls, and a first try. */
class FirstRunScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.app_name)

    override fun show(page: Page) {
        page.text(page.words(R.string.working))
    }
}
