package app.ringfence.phone

import android.content.Context
import android.content.Intent
import app.ringfence.phone.screens.HomeScreen
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.ScreenActivity

/** The app as it is opened from the launcher. */
class MainActivity : ScreenActivity() {
    override fun first(intent: Intent): Screen = HomeScreen()

    /** How others open it. */
    companion object {
        private const val WHY = "app.ringfence.why"

        /** Shows why the call that began [callAt], in milliseconds since 1970, was treated as it was. */
        fun why(context: Context, callAt: Long): Intent = Intent(context, MainActivity::class.java)
            .putExtra(WHY, callAt)
            // Tells the intents of two calls apart where the system compares them without extras.
            .setIdentifier(callAt.toString())
            .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TOP)
    }
}
