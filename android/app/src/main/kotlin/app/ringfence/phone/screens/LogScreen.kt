package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.phone.R
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen

/** The last calls and what was done. */
class LogScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.log_title)

    override fun show(page: Page) = Unit
}
