package app.ringfence

/** The last calls with their verdicts, as [Screener.record] kept them. */
public interface CallLog {
    /**
     * At most 200, the latest first; none if [Settings.callLog] is off.
     *
     * @throws RingfenceException
     */
    public fun calls(): List<LoggedCall>
}

/**
 * A call of the log. The number is not kept.
 *
 * @property id tells it from the others; later calls have greater ones.
 * @property at when it was.
 * @property direction who called whom.
 * @property region the region of the number, such as `GB`, if it had one.
 * @property kind its kind in libphonenumber's words; null if there was no number.
 * @property verdict the verdict.
 * @property title a headline.
 * @property advice what to do.
 * @property rules the rules up to the one that decided.
 * @property release the release of the database that gave it.
 */
public data class LoggedCall(
    val id: Long,
    val at: Long,
    val direction: Direction,
    val region: String? = null,
    val kind: String? = null,
    val verdict: Verdict,
    val title: String = "",
    val advice: String = "",
    val rules: List<ExplainedRule> = emptyList(),
    val release: String = "",
) {
    /** Shows neither when it was nor any text. */
    override fun toString(): String = "LoggedCall(id=$id, direction=$direction, verdict=$verdict)"
}
