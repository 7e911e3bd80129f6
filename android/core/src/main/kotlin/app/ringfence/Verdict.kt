// Written by `cargo xtask bindings` from the core's definitions. Do not edit.
package app.ringfence

/**
 * What screening decided about one call, in 64 bits:
 *
 * | bits | field | what it holds |
 * |---|---|---|
 * | 0 to 3 | [action] | What the phone does: an [Action]'s code. |
 * | 4 to 11 | [rule] | Which rule decided: a [Rule]'s code, 0 if none did. |
 * | 12 to 19 | [category] | What the caller may be: a [Category]'s code. |
 * | 20 to 27 | [confidence] | How sure that is, in percent. |
 * | 28 to 31 | [failure] | Why screening failed: a [Failure]'s code, 0 if it did not. |
 * | 32 to 62 | [generation] | Which of the databases used since the folder was opened gave it, from 1 on. |
 *
 * A value class, so that a verdict on a ringing call is nothing but a long.
 */
@JvmInline
public value class Verdict(public val packed: Long) {
    /** What the phone does: an [Action]'s code. */
    public val action: Action get() = Action.of(field(0, 4))

    /** Which rule decided: a [Rule]'s code, 0 if none did. */
    public val rule: Rule get() = Rule.of(field(4, 8))

    /** What the caller may be: a [Category]'s code. */
    public val category: Category get() = Category.of(field(12, 8))

    /** How sure that is, in percent. */
    public val confidence: Int get() = field(20, 8)

    /** Why screening failed: a [Failure]'s code, 0 if it did not. */
    public val failure: Failure get() = Failure.of(field(28, 4))

    /** Which of the databases used since the folder was opened gave it, from 1 on. */
    public val generation: Int get() = field(32, 31)

    /** A verdict with these fields. */
    public constructor(
        action: Action,
        rule: Rule = Rule.NONE,
        category: Category = Category.NOTHING_KNOWN,
        confidence: Int = 0,
        failure: Failure = Failure.NONE,
        generation: Int = 0,
    ) : this(
        (action.code.toLong() shl 0) or
            (rule.code.toLong() shl 4) or
            (category.code.toLong() shl 12) or
            (confidence.coerceIn(0, 255).toLong() shl 20) or
            (failure.code.toLong() shl 28) or
            (generation.coerceIn(0, 2147483647).toLong() shl 32),
    )

    private fun field(shift: Int, bits: Int): Int = (packed ushr shift and ((1L shl bits) - 1)).toInt()

    override fun toString(): String =
        "Verdict(action=$action, rule=$rule, category=$category, confidence=$confidence, " +
            "failure=$failure, generation=$generation)"
}

/** What the phone does with a call, from the mildest to the hardest. */
public enum class Action(
    /** The code in a packed verdict. */
    public val code: Int,
    /** The id, in snake case, as in the command's output. */
    public val id: String,
) {
    /** Rings as ever. */
    ALLOW(0, "allow"),

    /** Rings, with a warning shown. */
    WARN(1, "warn"),

    /** Does not ring; the call goes on and can be answered. */
    SILENCE(2, "silence"),

    /** Is ended. */
    REJECT(3, "reject"),
    ;

    internal companion object {
        private val all = arrayOfNulls<Action>(256).also { all -> values().forEach { all[it.code] = it } }

        fun of(code: Int): Action = (if (code in all.indices) all[code] else null) ?: ALLOW
    }
}

/** The rules, in the order in which they are looked at; the first that matches decides. */
public enum class Rule(
    /** The code in a packed verdict. */
    public val code: Int,
    /** The id, in snake case, as in the command's output. */
    public val id: String,
) {
    /** No rule decided: screening failed. */
    NONE(0, "none"),

    /** An emergency number. */
    EMERGENCY(1, "emergency"),

    /** The user's allow list. */
    ALLOW_LIST(2, "allow_list"),

    /** The user's block list. */
    BLOCK_LIST(3, "block_list"),

    /** A number the user knows. */
    KNOWN(4, "known"),

    /** The network says that the caller ID is forged. */
    VERIFICATION_FAILED(5, "verification_failed"),

    /** A caller ID that nobody honest can show. */
    IMPOSSIBLE_CALLER_ID(6, "impossible_caller_id"),

    /** A number that others reported. */
    LISTED_NUMBER(7, "listed_number"),

    /** A number whose neighbours are being reported. */
    RISK_MAP(8, "risk_map"),

    /** A range of numbers with a meaning. */
    RANGE(9, "range"),

    /** A hidden or unreadable number. */
    HIDDEN_NUMBER(10, "hidden_number"),

    /** The days after a scam. */
    AFTER_SCAM(11, "after_scam"),

    /** Nothing speaks against the caller. */
    NOTHING_KNOWN(12, "nothing_known"),
    ;

    internal companion object {
        private val all = arrayOfNulls<Rule>(256).also { all -> values().forEach { all[it.code] = it } }

        fun of(code: Int): Rule = (if (code in all.indices) all[code] else null) ?: NONE
    }
}

/** What a verdict says the caller may be. */
public enum class Category(
    /** The code in a packed verdict. */
    public val code: Int,
    /** The id, in snake case, as in the command's output. */
    public val id: String,
) {
    /** Nothing speaks against the caller. */
    NOTHING_KNOWN(0, "nothing_known"),

    /** Kept for films and books, never given to anyone. */
    FICTION(1, "fiction"),

    /** A number that never calls out. */
    DO_NOT_ORIGINATE(2, "do_not_originate"),

    /** Nobody was given this number. */
    UNALLOCATED(3, "unallocated"),

    /** A number that forwards calls to wherever its owner is; dear to ring. */
    PERSONAL_NUMBER(4, "personal_number"),

    /** A pager, which cannot call. */
    PAGER(5, "pager"),

    /** Dear to ring. */
    PREMIUM_RATE(6, "premium_rate"),

    /** Set aside for sales calls. */
    TELEMARKETING(7, "telemarketing"),

    /** A country or area that one-ring fraud uses. */
    ONE_RING(8, "one_ring"),

    /** Deliveries and the like: an exception from a wider range. */
    SERVICE_PLATFORM(9, "service_platform"),

    /** The network says that the caller ID is forged. */
    SPOOFED(10, "spoofed"),

    /** No number of the country has this many digits. */
    IMPOSSIBLE_LENGTH(11, "impossible_length"),

    /** The caller hides the number, or none was given. */
    HIDDEN(12, "hidden"),

    /** A name, an internet address or something unreadable instead of a number. */
    UNKNOWN_CALLER_FORMAT(13, "unknown_caller_format"),

    /** On the user's block list. */
    BLOCKED_BY_YOU(14, "blocked_by_you"),

    /** On the user's allow list. */
    ALLOWED_BY_YOU(15, "allowed_by_you"),

    /** An emergency number. */
    EMERGENCY(16, "emergency"),

    /** A short number of a network or service. */
    SHORT_CODE(17, "short_code"),

    /** The user has called it, spoken with it, or marked it as fine. */
    KNOWN(18, "known"),

    /** A stranger in the days after a scam. */
    AFTER_SCAM(19, "after_scam"),

    /** Reported by other people. */
    LISTED(20, "listed"),

    /** Its neighbours are being reported. */
    HOT_BLOCK(21, "hot_block"),

    /** The database could not be read. */
    DAMAGED_DATABASE(22, "damaged_database"),

    /** The user has marked it as a scam. */
    MARKED_SCAM(23, "marked_scam"),
    ;

    internal companion object {
        private val all = arrayOfNulls<Category>(256).also { all -> values().forEach { all[it.code] = it } }

        fun of(code: Int): Category = (if (code in all.indices) all[code] else null) ?: NOTHING_KNOWN
    }
}

/** Why screening could not do its work. The phone rings. */
public enum class Failure(
    /** The code in a packed verdict. */
    public val code: Int,
    /** The id, in snake case, as in the command's output. */
    public val id: String,
) {
    /** None. */
    NONE(0, "none"),

    /** The screener is closed, or was never open. */
    CLOSED(1, "closed"),

    /** The database could not be opened. */
    DATABASE(2, "database"),

    /** The arguments could not be read. */
    ARGUMENT(3, "argument"),

    /** A fault of the program. */
    INTERNAL(4, "internal"),

    /** The phone's storage could not be used. */
    STORAGE(5, "storage"),

    /** Too many are open: 64 at once is the most. */
    TOO_MANY(6, "too_many"),
    ;

    internal companion object {
        private val all = arrayOfNulls<Failure>(256).also { all -> values().forEach { all[it.code] = it } }

        fun of(code: Int): Failure = (if (code in all.indices) all[code] else null) ?: INTERNAL
    }
}
