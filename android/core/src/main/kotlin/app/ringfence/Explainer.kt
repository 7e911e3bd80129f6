package app.ringfence

/** Tests a number: what screening would say to it, and why. */
public interface Explainer {
    /**
     * What [Screener.screen] would say to this call at the time [at], and why. Changes nothing.
     *
     * @throws RingfenceException
     */
    public fun explain(call: Call, at: Long = System.currentTimeMillis()): Explanation
}

/**
 * A verdict and why it is so.
 *
 * @property verdict the verdict.
 * @property e164 the number in E.164 form, if there is one.
 * @property region its region, such as `GB`, if it has one.
 * @property kind its kind in libphonenumber's words, such as `mobile`.
 * @property title a headline.
 * @property advice what to do now.
 * @property rules the rules up to the one that decided.
 */
public data class Explanation(
    val verdict: Verdict,
    val e164: String? = null,
    val region: String? = null,
    val kind: String? = null,
    val title: String = "",
    val advice: String = "",
    val rules: List<ExplainedRule> = emptyList(),
) {
    /** Shows the verdict only. */
    override fun toString(): String = "Explanation(verdict=$verdict)"
}

/**
 * One rule that was looked at.
 *
 * @property rule the rule.
 * @property matched whether it matched; the last one's did and decided.
 * @property text what was found, in plain words.
 * @property source where that comes from.
 * @property date the source's date as 2026-11-22, if it has one.
 */
public data class ExplainedRule(
    val rule: Rule,
    val matched: Boolean,
    val text: String = "",
    val source: String = "",
    val date: String? = null,
) {
    /** Shows no text. */
    override fun toString(): String = "ExplainedRule(rule=$rule, matched=$matched)"
}
