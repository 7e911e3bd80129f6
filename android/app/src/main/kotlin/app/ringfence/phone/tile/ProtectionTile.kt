package app.ringfence.phone.tile

import android.app.PendingIntent
import android.content.Intent
import android.os.Build
import android.service.quicksettings.Tile
import android.service.quicksettings.TileService
import app.ringfence.R
import app.ringfence.phone.CallScreening
import app.ringfence.phone.Choices
import app.ringfence.phone.MainActivity
import app.ringfence.phone.RingfenceApp

/** Protection among the quick settings: on by one tap, off only after the app has asked. */
class ProtectionTile : TileService() {
    private val choices: Choices get() = (application as RingfenceApp).parts.choices

    override fun onStartListening() = show()

    override fun onClick() {
        when {
            !CallScreening.held(this) -> open(MainActivity.home(this))
            choices.protection -> askBeforeOff()
            else -> {
                choices.protection = true
                show()
            }
        }
    }

    /** Whoever finds the phone locked switches nothing off. */
    private fun askBeforeOff() {
        val ask = Runnable { open(MainActivity.switchOff(this)) }
        if (isLocked) unlockAndRun(ask) else ask.run()
    }

    private fun show() {
        val tile = qsTile ?: return
        val held = CallScreening.held(this)
        tile.state = when {
            // A tile that is not available cannot be tapped: only where nothing can be done.
            !CallScreening.possible(this) -> Tile.STATE_UNAVAILABLE
            held && choices.protection -> Tile.STATE_ACTIVE
            else -> Tile.STATE_INACTIVE
        }
        val words = when {
            !CallScreening.possible(this) -> R.string.tile_unavailable
            !held -> R.string.tile_set_up
            choices.protection -> R.string.tile_on
            else -> R.string.tile_off
        }
        tile.label = getString(R.string.app_name)
        tile.subtitle = getString(words)
        tile.contentDescription = getString(R.string.tile_description, getString(words))
        tile.updateTile()
    }

    private fun open(intent: Intent) {
        intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
            startActivityAndCollapse(PendingIntent.getActivity(this, 0, intent, PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT))
        } else {
            // Until Android 13 there is no other.
            @Suppress("DEPRECATION", "StartActivityAndCollapseDeprecated")
            startActivityAndCollapse(intent)
        }
    }
}
