package app.ringfence.phone.screens

import android.content.Intent
import android.net.Uri
import android.provider.Settings
import app.ringfence.phone.CallScreening
import app.ringfence.phone.selftest.Remedy
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.ScreenHost
import app.ringfence.Settings as Chosen

/** Does what the button of a line says; the screen looks again when it comes back to the front. */
object Mending {
    /** The request whose answer says whether this app may check calls. */
    const val ROLE = 1

    /** Does [remedy] for [screen]. */
    fun mend(screen: Screen, remedy: Remedy) {
        val host = screen.host
        when (remedy) {
            Remedy.ASK_ROLE -> askRole(host)
            Remedy.DEFAULT_APPS -> host.start(Intent(Settings.ACTION_MANAGE_DEFAULT_APPS_SETTINGS))
            Remedy.SWITCH_ON -> host.parts.choices.protection = true
            Remedy.ENABLE_SERVICE -> CallScreening.enableService(host.activity)
            Remedy.NOTICES -> host.start(notices(host))
            Remedy.DATABASE -> host.go(DatabaseScreen())
            Remedy.USUAL_SETTINGS -> usualSettings(screen)
            Remedy.STORAGE -> host.start(Intent(Settings.ACTION_INTERNAL_STORAGE_SETTINGS))
            Remedy.APP_PAGE -> host.start(appPage(host))
            Remedy.LOOK_AGAIN -> Unit
        }
        // What leads elsewhere looks again when the person is back.
        if (remedy in AT_ONCE) screen.load()
    }

    /** Asks by the system's own dialogue whether this app may check calls. */
    fun askRole(host: ScreenHost) {
        val request = CallScreening.request(host.activity)
        if (request != null) host.ask(request, ROLE) else host.start(Intent(Settings.ACTION_MANAGE_DEFAULT_APPS_SETTINGS))
    }

    /** The phone's page of this app's notifications. */
    fun notices(host: ScreenHost): Intent = Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS)
        .putExtra(Settings.EXTRA_APP_PACKAGE, host.activity.packageName)

    private fun appPage(host: ScreenHost): Intent =
        Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", host.activity.packageName, null))

    private fun usualSettings(screen: Screen) {
        val context = screen.host.activity.applicationContext
        screen.host.work(screen, { screen.parts.ringfence.settings.change { Chosen(home = CallScreening.homeRegion(context)) } }) {
            screen.load()
        }
    }

    private val AT_ONCE = setOf(Remedy.SWITCH_ON, Remedy.ENABLE_SERVICE, Remedy.LOOK_AGAIN)
}
