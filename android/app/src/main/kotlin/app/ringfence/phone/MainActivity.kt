package app.ringfence.phone

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.service.quicksettings.TileService
import app.ringfence.phone.screens.FirstRunScreen
import app.ringfence.phone.screens.HomeScreen
import app.ringfence.phone.screens.SwitchOffScreen
import app.ringfence.phone.screens.WhyScreen
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.ScreenActivity

/** The app as it is opened from the launcher, a notification or the tile. Anybody can start it: it only shows. */
class MainActivity : ScreenActivity() {
    override fun first(intent: Intent): Screen = if (parts.choices.welcomed) HomeScreen() else FirstRunScreen()

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        if (savedInstanceState == null) over(intent)?.let { go(it) }
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        val over = over(intent)
        // The launcher brings back what was open.
        if (over == null && intent.action != HOME && intent.action != TileService.ACTION_QS_TILE_PREFERENCES) return
        startOver(intent)
        over?.let { go(it) }
    }

    /** Goes to the first page, whatever is open. */
    fun showHome() = startOver(home(this))

    /** What is to be shown over the first page. */
    private fun over(intent: Intent): Screen? = try {
        when {
            intent.action == SWITCH_OFF && parts.choices.protection -> SwitchOffScreen()
            intent.hasExtra(WHY) -> WhyScreen.about(intent.getLongExtra(WHY, 0))
            else -> null
        }
    } catch (_: RuntimeException) {
        // Another app sent what cannot be unpacked here.
        null
    }

    /** How others open it. */
    companion object {
        private const val WHY = "app.ringfence.why"
        private const val HOME = "app.ringfence.home"
        private const val SWITCH_OFF = "app.ringfence.switch_off"

        /** Shows why the call that began [callAt], in milliseconds since 1970, was treated as it was. */
        fun why(context: Context, callAt: Long): Intent = intent(context)
            .putExtra(WHY, callAt)
            // Tells the intents of two calls apart where the system compares them without extras.
            .setIdentifier(callAt.toString())

        /** Shows the first page. */
        fun home(context: Context): Intent = intent(context).setAction(HOME)

        /** Asks whether protection is to be switched off. */
        fun switchOff(context: Context): Intent = intent(context).setAction(SWITCH_OFF)

        private fun intent(context: Context): Intent = Intent(context, MainActivity::class.java)
            .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TOP)
    }
}
