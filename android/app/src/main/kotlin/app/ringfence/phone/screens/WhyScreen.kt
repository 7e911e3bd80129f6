package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.phone.R
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen

/** One call of the log: what was done and why. */
class WhyScreen(state: Bundle) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.why_title)

    override fun show(page: Page) = Unit

    companion object {
        private const val CALL_AT = "call_at"

        /** The call that began [callAt], in milliseconds since 1970. */
        fun about(callAt: Long): WhyScreen = WhyScreen(Bundle().apply { putLong(CALL_AT, callAt) })
    }
}
