package app.ringfence.phone

import android.app.role.RoleManager
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager
import android.telephony.TelephonyManager
import app.ringfence.phone.screening.ScreeningService
import java.util.Locale

/** Whether the system asks this app about calls, and in which country the phone is at home. */
object CallScreening {
    /** Whether the phone knows of screening by an app at all. */
    fun possible(context: Context): Boolean =
        roles(context)?.isRoleAvailable(RoleManager.ROLE_CALL_SCREENING) == true

    /** Whether this app is the one that is asked. */
    fun held(context: Context): Boolean =
        possible(context) && roles(context)?.isRoleHeld(RoleManager.ROLE_CALL_SCREENING) == true

    /** The system's own question whether this app may screen calls; null where no app can. */
    fun request(context: Context): Intent? =
        if (possible(context)) roles(context)?.createRequestRoleIntent(RoleManager.ROLE_CALL_SCREENING) else null

    /** Whether the service that the system asks is switched on; some makers' cleaners switch off such parts. */
    fun serviceEnabled(context: Context): Boolean {
        val state = context.packageManager.getComponentEnabledSetting(ComponentName(context, ScreeningService::class.java))
        return state == PackageManager.COMPONENT_ENABLED_STATE_DEFAULT || state == PackageManager.COMPONENT_ENABLED_STATE_ENABLED
    }

    /** Switches the service on again. */
    fun enableService(context: Context) = context.packageManager.setComponentEnabledSetting(
        ComponentName(context, ScreeningService::class.java),
        PackageManager.COMPONENT_ENABLED_STATE_DEFAULT,
        PackageManager.DONT_KILL_APP,
    )

    /**
     * The country whose national numbers the phone understands, such as `GB`: the SIM's or the network's.
     * Not the language's, which would stay: many phones speak English far from America.
     */
    fun homeRegion(context: Context): String? {
        val phone = context.getSystemService(TelephonyManager::class.java)
        val told = listOf(phone?.simCountryIso, phone?.networkCountryIso)
        return told.mapNotNull { it?.uppercase(Locale.ROOT) }.firstOrNull { it.length == 2 && it.all { letter -> letter in 'A'..'Z' } }
    }

    /**
     * Keeps [homeRegion] in the settings if no region is there, so that national numbers are
     * understood. Reads and writes files.
     *
     * @throws app.ringfence.RingfenceException
     */
    fun learnHome(context: Context, parts: Parts) {
        // What could not be read stays for a person to look at.
        if (parts.ringfence.status().unreadableSettings != null || parts.ringfence.settings.current().home != null) return
        val region = homeRegion(context) ?: return
        parts.ringfence.settings.change { if (it.home == null) it.copy(home = region) else it }
    }

    private fun roles(context: Context): RoleManager? = context.getSystemService(RoleManager::class.java)
}
