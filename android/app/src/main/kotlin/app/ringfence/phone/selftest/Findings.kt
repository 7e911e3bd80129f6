package app.ringfence.phone.selftest

import android.app.ActivityManager
import android.app.NotificationManager
import android.content.Context
import android.os.Build
import android.os.PowerManager
import app.ringfence.DatabaseInfo
import app.ringfence.RingfenceException
import app.ringfence.Status
import app.ringfence.phone.CallScreening
import app.ringfence.phone.Parts

/**
 * All that tells whether calls are checked. Without arguments, a phone on which everything is well.
 *
 * @property rolePossible whether the phone lets apps check calls.
 * @property roleHeld whether this app is the one.
 * @property serviceEnabled whether the part that the system asks is switched on.
 * @property protection whether the person wants calls checked.
 * @property notices whether notifications may be shown.
 * @property mutedKind whether one of their kinds is switched off.
 * @property database the database in use; null if it could not be read.
 * @property trouble why the core did not answer, if so.
 * @property unreadableSettings whether the stored settings could not be read.
 * @property internalFailures faults of the program since it was started.
 * @property freeBytes room in the phone's storage.
 * @property backgroundRestricted whether the person or the phone keeps the app from running unseen.
 * @property batteryFree whether saving battery spares the app.
 * @property maker who made the phone, as it says itself.
 * @property lastAsked when the system last asked about a call, in milliseconds since 1970; 0 for never.
 * @property now the time in the same.
 */
data class Findings(
    val rolePossible: Boolean = true,
    val roleHeld: Boolean = true,
    val serviceEnabled: Boolean = true,
    val protection: Boolean = true,
    val notices: Boolean = true,
    val mutedKind: Boolean = false,
    val database: DatabaseInfo? = null,
    val trouble: Trouble? = null,
    val unreadableSettings: Boolean = false,
    val internalFailures: Long = 0,
    val freeBytes: Long = Long.MAX_VALUE,
    val backgroundRestricted: Boolean = false,
    val batteryFree: Boolean = false,
    val maker: String = "",
    val lastAsked: Long = 0,
    val now: Long = 0,
) {
    /** Why the core did not answer. */
    enum class Trouble {
        /** The database. */
        DATABASE,

        /** The phone's storage. */
        STORAGE,

        /** Anything else. */
        OTHER,
    }

    /** Where they come from. */
    companion object {
        /** Looks at this phone. Reads files; throws nothing: what cannot be read is a finding. */
        fun of(context: Context, parts: Parts): Findings {
            val troubles = ArrayList<Trouble>()
            val database = tried(troubles) { parts.ringfence.databases.current() }
            val status = tried(troubles) { parts.ringfence.status() } ?: Status()
            val notices = context.getSystemService(NotificationManager::class.java)
            return Findings(
                rolePossible = CallScreening.possible(context),
                roleHeld = CallScreening.held(context),
                serviceEnabled = CallScreening.serviceEnabled(context),
                protection = parts.choices.protection,
                notices = notices?.areNotificationsEnabled() == true,
                mutedKind = notices?.notificationChannels.orEmpty().any { it.importance == NotificationManager.IMPORTANCE_NONE },
                database = database,
                trouble = troubles.firstOrNull(),
                unreadableSettings = status.unreadableSettings != null,
                internalFailures = status.internalFailures,
                freeBytes = Parts.folder(context.createDeviceProtectedStorageContext()).parentFile?.usableSpace ?: 0,
                backgroundRestricted = context.getSystemService(ActivityManager::class.java)?.isBackgroundRestricted == true,
                batteryFree = context.getSystemService(PowerManager::class.java)?.isIgnoringBatteryOptimizations(context.packageName) == true,
                maker = Build.MANUFACTURER.orEmpty(),
                lastAsked = parts.choices.lastAsked,
                now = parts.now(),
            )
        }

        private fun <T> tried(troubles: MutableList<Trouble>, read: () -> T): T? = try {
            read()
        } catch (e: RingfenceException) {
            troubles += when (e) {
                is RingfenceException.Database -> Trouble.DATABASE
                is RingfenceException.Storage -> Trouble.STORAGE
                else -> Trouble.OTHER
            }
            null
        }
    }
}
