package app.ringfence.phone.check

import android.os.Bundle
import app.ringfence.phone.R
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen

/** "Was that a scam?": what the person tells of a call, what it looks like, and what to do now. */
class CheckScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.check_title)

    override fun show(page: Page) {
        if (!goesBack) page.title(name())
    }

    companion object {
        private const val CALL_AT = "call_at"
        private const val NUMBER = "number"

        /**
         * The check of a call.
         *
         * @param callAt when it began, in milliseconds since 1970; null for some call that is not known.
         * @param number the number, if the person has just given it.
         */
        fun about(callAt: Long?, number: String? = null): CheckScreen {
            val state = Bundle()
            callAt?.let { state.putLong(CALL_AT, it) }
            number?.let { state.putString(NUMBER, it) }
            return CheckScreen(state)
        }
    }
}
