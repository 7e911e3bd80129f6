package app.ringfence.phone.selftest

import android.content.Context
import android.text.format.DateUtils
import app.ringfence.R
import app.ringfence.phone.ui.Tone

/** Is it working? Makes of what was found out a line for each thing that can go wrong. Pure. */
object SelfTest {
    /** From this age on, in days, a database is to be looked at. */
    const val OLD_DAYS = 60

    /** From this age on, in days, a database misses too much. */
    const val TOO_OLD_DAYS = 180

    /** Less room than this, in bytes, is too little. */
    const val ROOM = 20_000_000L

    private const val DAY = 24 * 60 * 60 * 1000L

    /** How many days ago a database was issued; never less than 0. */
    fun ageDays(issued: Long, now: Long): Int = ((now - issued) / DAY).coerceIn(0, Int.MAX_VALUE.toLong()).toInt()

    /** A line for each check, in the order in which they are best mended. */
    fun lines(found: Findings): List<Line> = listOf(
        role(found),
        protection(found),
        service(found),
        notices(found),
        database(found),
        settings(found),
        inside(found),
        storage(found),
        battery(found),
        asked(found),
    )

    /** What the first page tells about: the worst line; null if the phone is protected. */
    fun worst(found: Findings): Line? {
        // That nobody unknown has rung yet, and that the battery is saved, takes nobody's protection.
        val lines = lines(found).filter { it.check != Check.ASKED && it.check != Check.BATTERY }
        return lines.find { it.unprotected } ?: lines.find { it.tone == Tone.DANGER } ?: lines.find { it.tone == Tone.CAREFUL }
    }

    private fun role(found: Findings) = when {
        found.roleHeld -> good(Check.ROLE, R.string.test_role_good, R.string.test_role_good_text)
        found.rolePossible ->
            Line(Check.ROLE, Tone.DANGER, R.string.test_role_bad, R.string.test_role_bad_text, Remedy.ASK_ROLE, unprotected = true)
        else ->
            Line(Check.ROLE, Tone.DANGER, R.string.test_role_none, R.string.test_role_none_text, Remedy.DEFAULT_APPS, unprotected = true)
    }

    private fun protection(found: Findings) =
        if (found.protection) good(Check.PROTECTION, R.string.test_on_good, R.string.test_on_good_text)
        else Line(Check.PROTECTION, Tone.DANGER, R.string.test_on_bad, R.string.test_on_bad_text, Remedy.SWITCH_ON, unprotected = true)

    private fun service(found: Findings) =
        if (found.serviceEnabled) good(Check.SERVICE, R.string.test_service_good, R.string.test_service_good_text)
        else Line(Check.SERVICE, Tone.DANGER, R.string.test_service_bad, R.string.test_service_bad_text, Remedy.ENABLE_SERVICE, unprotected = true)

    private fun notices(found: Findings) = when {
        !found.notices -> Line(Check.NOTICES, Tone.CAREFUL, R.string.test_notices_bad, R.string.test_notices_bad_text, Remedy.NOTICES)
        found.mutedKind -> Line(Check.NOTICES, Tone.CAREFUL, R.string.test_notices_muted, R.string.test_notices_muted_text, Remedy.NOTICES)
        else -> good(Check.NOTICES, R.string.test_notices_good, R.string.test_notices_good_text)
    }

    private fun database(found: Findings): Line {
        val database = found.database
        if (database == null) {
            val text = if (found.trouble == Findings.Trouble.STORAGE) R.string.failed_storage else R.string.failed_database
            return Line(Check.DATABASE, Tone.DANGER, R.string.test_database_bad, text, Remedy.APP_PAGE, unprotected = true)
        }
        val age = ageDays(database.issued, found.now)
        return when {
            age >= TOO_OLD_DAYS ->
                Line(Check.DATABASE, Tone.DANGER, R.string.test_database_too_old, R.plurals.test_database_too_old_text, Remedy.DATABASE, count = age)
            age >= OLD_DAYS ->
                Line(Check.DATABASE, Tone.CAREFUL, R.string.test_database_old, R.plurals.test_database_old_text, Remedy.DATABASE, count = age)
            else -> Line(Check.DATABASE, Tone.GOOD, R.string.test_database_good, R.plurals.test_database_good_text, count = age)
        }
    }

    private fun settings(found: Findings) =
        if (found.unreadableSettings) Line(Check.SETTINGS, Tone.CAREFUL, R.string.test_settings_bad, R.string.test_settings_bad_text, Remedy.USUAL_SETTINGS)
        else good(Check.SETTINGS, R.string.test_settings_good, R.string.test_settings_good_text)

    private fun inside(found: Findings): Line {
        if (found.internalFailures == 0L) return good(Check.INSIDE, R.string.test_inside_good, R.string.test_inside_good_text)
        val count = found.internalFailures.coerceAtMost(Int.MAX_VALUE.toLong()).toInt()
        return Line(Check.INSIDE, Tone.CAREFUL, R.string.test_inside_bad, R.plurals.test_inside_bad_text, Remedy.LOOK_AGAIN, count = count)
    }

    private fun storage(found: Findings) = when {
        found.trouble == Findings.Trouble.STORAGE ->
            Line(Check.STORAGE, Tone.DANGER, R.string.test_storage_bad, R.string.test_storage_bad_text, Remedy.STORAGE)
        found.freeBytes < ROOM ->
            Line(Check.STORAGE, Tone.CAREFUL, R.string.test_storage_full, R.string.test_storage_full_text, Remedy.STORAGE)
        else -> good(Check.STORAGE, R.string.test_storage_good, R.string.test_storage_good_text)
    }

    private fun battery(found: Findings) = when {
        found.backgroundRestricted ->
            Line(Check.BATTERY, Tone.CAREFUL, R.string.test_battery_bad, R.string.test_battery_bad_text, Remedy.APP_PAGE)
        found.batteryFree -> good(Check.BATTERY, R.string.test_battery_good, R.string.test_battery_free_text)
        else -> good(Check.BATTERY, R.string.test_battery_good, R.string.test_battery_good_text)
    }

    private fun asked(found: Findings) =
        if (found.lastAsked > 0) Line(Check.ASKED, Tone.GOOD, R.string.test_asked_good, R.string.test_asked_good_text, time = found.lastAsked)
        else Line(Check.ASKED, Tone.CAREFUL, R.string.test_asked_never, R.string.test_asked_never_text, Remedy.LOOK_AGAIN)

    private fun good(check: Check, title: Int, text: Int) = Line(check, Tone.GOOD, title, text)
}

/** What is looked at. */
enum class Check {
    /** Is this the app that the phone asks about calls? */
    ROLE,

    /** Does the person want calls checked? */
    PROTECTION,

    /** Is the part that the system asks switched on? */
    SERVICE,

    /** May warnings be shown? */
    NOTICES,

    /** Can the database be read, and is it new enough? */
    DATABASE,

    /** Could the settings be read? */
    SETTINGS,

    /** Has the program failed? */
    INSIDE,

    /** Can the storage be used? */
    STORAGE,

    /** Does the phone stop the app? */
    BATTERY,

    /** When did the system last ask? */
    ASKED,
}

/**
 * What can be done about a line.
 *
 * @property words what its button says.
 * @property inApp whether it leads to other screens of the app, which simple mode hides.
 */
enum class Remedy(val words: Int, val inApp: Boolean = false) {
    /** The system's question whether this app may check calls. */
    ASK_ROLE(R.string.mend_ask_role),

    /** The phone's page of default apps. */
    DEFAULT_APPS(R.string.mend_default_apps),

    /** Protection is switched on. */
    SWITCH_ON(R.string.mend_switch_on),

    /** The service is switched on. */
    ENABLE_SERVICE(R.string.mend_switch_on),

    /** The phone's page of this app's notifications. */
    NOTICES(R.string.mend_notices),

    /** The screen about the database. */
    DATABASE(R.string.mend_database, inApp = true),

    /** The settings of a new phone. */
    USUAL_SETTINGS(R.string.mend_usual_settings, inApp = true),

    /** The phone's page of its storage. */
    STORAGE(R.string.mend_storage),

    /** The phone's page of this app. */
    APP_PAGE(R.string.mend_app_page),

    /** Nothing here: something is to be done first, and looked at again. */
    LOOK_AGAIN(R.string.mend_look_again, inApp = true),
}

/**
 * How one thing stands.
 *
 * @property check what was looked at.
 * @property tone how it stands.
 * @property title that in few words: a string.
 * @property text more about it: a string, or a plural if there is a [count].
 * @property remedy what can be done; not null unless [tone] is good.
 * @property unprotected whether no call is checked because of it.
 * @property count how many, for the text.
 * @property time when, in milliseconds since 1970, for the text.
 */
data class Line(
    val check: Check,
    val tone: Tone,
    val title: Int,
    val text: Int,
    val remedy: Remedy? = null,
    val unprotected: Boolean = false,
    val count: Int? = null,
    val time: Long? = null,
) {
    /** [text] with what is filled in, as it is at [now]. */
    fun text(context: Context, now: Long): CharSequence = when {
        count != null -> context.resources.getQuantityString(text, count, count)
        time != null -> context.getString(text, DateUtils.getRelativeTimeSpanString(time, now, DateUtils.MINUTE_IN_MILLIS))
        else -> context.getString(text)
    }
}
