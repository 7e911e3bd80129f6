package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.phone.R
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen

/** How much is stopped, and the rest that can be chosen. */
class SettingsScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.settings_title)

    override fun show(page: Page) = Unit
}
