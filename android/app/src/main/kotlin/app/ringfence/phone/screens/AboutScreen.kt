package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.phone.R
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen

/** What this is, what it is made of, and what it never does. */
class AboutScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.app_name)

    override fun show(page: Page) {
        page.text(page.words(R.string.working))
    }
}
