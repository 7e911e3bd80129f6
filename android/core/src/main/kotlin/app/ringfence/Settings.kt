package app.ringfence

/** Keeps what the user has chosen. */
public interface SettingsStore {
    /**
     * The settings in force.
     *
     * @throws RingfenceException
     */
    public fun current(): Settings

    /**
     * Puts what [change] makes of the settings in force, and gives them as they are kept: numbers
     * of the lists come back with a plus sign. They are on disk when this returns, and hold for the
     * next call. Nobody else changes them meanwhile, not even [change] itself.
     *
     * ```
     * settings.change { it.copy(mode = Mode.STRICT) }
     * ```
     *
     * @throws RingfenceException.Settings if they are refused; the ones before stay in force.
     */
    public fun change(change: (Settings) -> Settings): Settings

    /**
     * The settings as a text, to be kept in a file elsewhere. It holds the numbers of the user's
     * lists.
     *
     * @throws RingfenceException
     */
    public fun exportText(): String

    /**
     * Puts the settings of an exported text in force, of this or an earlier version, and gives them.
     *
     * @throws RingfenceException.Settings if it is not understood; the ones before stay in force.
     */
    public fun importText(text: String): Settings
}

/**
 * What the user has chosen. Without arguments, what holds on a new phone.
 *
 * @property mode how much screening may do.
 * @property home the region whose national numbers the phone understands, such as `GB`.
 * @property switches choices for single categories.
 * @property allow who always rings: numbers as they are written at home or with a plus sign, prefixes
 * such as `+4420*`, regions such as `region:FR`, kinds such as `kind:premium_rate`.
 * @property block who never does, in the same way.
 * @property repeatedCall whether a second call within three minutes is let through with a warning.
 * @property afterScamHours how long strangers are warned of after the user marked a call as a scam,
 * in hours, 1 to 672. [Category.AFTER_SCAM] can be switched off.
 * @property callLog whether the last verdicts are kept to be looked at. Switching it off empties the
 * log.
 */
public data class Settings(
    val mode: Mode = Mode.STANDARD,
    val home: String? = null,
    val switches: Map<Category, Switch> = emptyMap(),
    val allow: List<String> = emptyList(),
    val block: List<String> = emptyList(),
    val repeatedCall: Boolean = true,
    val afterScamHours: Int = 72,
    val callLog: Boolean = true,
) {
    /** Does not show who is on the lists. */
    override fun toString(): String =
        "Settings(mode=$mode, home=$home, switches=$switches, ${allow.size} allowed, ${block.size} blocked, " +
            "repeatedCall=$repeatedCall, afterScamHours=$afterScamHours, callLog=$callLog)"
}

/** How much screening may do. */
public enum class Mode {
    /** Never rejects: silences where standard rejects, else warns. */
    GENTLE,

    /**
     * Rejects only what the user blocked, what the network says is forged and what nobody honest can
     * show; else warns or silences.
     */
    STANDARD,

    /** One step harder than standard. */
    STRICT,
}

/** What the user chose for one category, instead of what the mode does. */
public enum class Switch {
    /** As if the category did not exist. */
    OFF,

    /** Ring with a warning. */
    WARN,

    /** Do not ring. */
    SILENCE,

    /** End the call. */
    REJECT,
}
