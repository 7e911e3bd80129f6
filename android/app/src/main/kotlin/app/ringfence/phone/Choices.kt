package app.ringfence.phone

import android.content.Context
import android.content.SharedPreferences

/**
 * What the user chose about the app itself, and a few things that it remembers. The only number among
 * them is the helper's, if somebody wrote one down.
 */
class Choices(storage: Context) {
    private val kept: SharedPreferences = storage.getSharedPreferences("choices", Context.MODE_PRIVATE)

    /** Whether calls are screened, if the phone lets us. */
    var protection: Boolean
        get() = kept.getBoolean("protection", true)
        set(value) = put { putBoolean("protection", value) }

    /** After which calls the phone asks "Was that a scam?". */
    var ask: Ask
        get() = Ask.values().find { it.name == kept.getString("ask", null) } ?: Ask.STRANGERS
        set(value) = put { putString("ask", value.name) }

    /** Whether only the two big buttons are shown. */
    var simple: Boolean
        get() = kept.getBoolean("simple", false)
        set(value) = put { putBoolean("simple", value) }

    /** Who helps with this phone, as they wrote it; empty for nobody. */
    val helperName: String get() = kept.getString("helper_name", null).orEmpty()

    /** The helper's number, to be dialled; empty for none. */
    val helperNumber: String get() = kept.getString("helper_number", null).orEmpty()

    /** Whether somebody helps who can be rung. */
    val hasHelper: Boolean get() = helperName.isNotEmpty() && helperNumber.isNotEmpty()

    /** Keeps who helps; two empty texts for nobody. */
    fun helper(name: String, number: String) = put {
        putString("helper_name", name)
        putString("helper_number", number)
    }

    /** Whether the first run is behind us. */
    var welcomed: Boolean
        get() = kept.getBoolean("welcomed", false)
        set(value) = put { putBoolean("welcomed", value) }

    /** When the system last asked about a call, in milliseconds since 1970; 0 for never. */
    var lastAsked: Long
        get() = kept.getLong("last_asked", 0)
        set(value) = put { putLong("last_asked", value) }

    /** Forgets all of it, as on a new phone; it is gone from disk when this returns. */
    fun forget() {
        kept.edit().clear().commit()
    }

    private fun put(change: SharedPreferences.Editor.() -> Unit) = kept.edit().apply(change).apply()
}

/** After which calls the phone asks "Was that a scam?". */
enum class Ask {
    /** All that were spoken with somebody the phone does not know. */
    STRANGERS,

    /** Those that it warned of. */
    WARNED,

    /** None. */
    NEVER,
}
