package app.ringfence.phone.check

import android.content.Context
import android.content.Intent
import app.ringfence.phone.notices.Notices
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.ScreenActivity

/**
 * "Was that a scam?", right after a call and over the lock screen. Whoever holds the phone may see it,
 * so it shows no number and nothing else of the app.
 */
class CheckActivity : ScreenActivity() {
    override fun first(intent: Intent): Screen = CheckScreen.about(callOf(intent))

    override fun onResume() {
        super.onResume()
        // What the notice asked is asked now.
        callOf(intent)?.let { Notices(this).remove(it) }
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        // What was told of the same call is not lost.
        if ((top as? CheckScreen)?.callAt != callOf(intent)) startOver(intent)
    }

    companion object {
        private const val CALL_AT = "call_at"

        /** Opens it for the call that began [callAt], in milliseconds since 1970. */
        fun intent(context: Context, callAt: Long): Intent =
            Intent(context, CheckActivity::class.java).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK).putExtra(CALL_AT, callAt)

        private fun callOf(intent: Intent): Long? = intent.getLongExtra(CALL_AT, 0).takeIf { it != 0L }
    }
}
