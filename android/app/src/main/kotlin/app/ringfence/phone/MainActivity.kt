package app.ringfence.phone

import android.content.Intent
import app.ringfence.phone.screens.HomeScreen
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.ScreenActivity

/** The app as it is opened from the launcher. */
class MainActivity : ScreenActivity() {
    override fun first(intent: Intent): Screen = HomeScreen()
}
