package app.ringfence.phone.screens

import app.ringfence.ExplainedRule
import app.ringfence.R
import app.ringfence.Rule
import app.ringfence.phone.ui.Page

/**
 * Every rule that was looked at, folded until it is tapped.
 *
 * @param release the release of the database that said so, if that is worth saying.
 */
fun Page.rules(rules: List<ExplainedRule>, release: String?, wording: Wording, open: Boolean, onFold: (Boolean) -> Unit) {
    if (rules.isEmpty()) return
    folded(words(R.string.rules_title), open, onFold) {
        quiet(words(R.string.rules_order))
        if (!wording.english) quiet(words(R.string.rules_in_english))
        for (rule in rules) {
            // The one that decided stands out.
            if (rule.matched) card { rule(rule, wording) } else rule(rule, wording)
        }
        release?.let { quiet(words(R.string.rules_release, wording.date(it.replace('.', '-')))) }
    }
}

private fun Page.rule(rule: ExplainedRule, wording: Wording) {
    val name = words(nameOf(rule.rule))
    fact(words(if (rule.matched) R.string.rule_fits else R.string.rule_does_not_fit, name), rule.text)
    val date = rule.date?.let { wording.date(it) }
    val source = if (date == null) rule.source else words(R.string.rule_source_and_date, rule.source, date)
    if (source.isNotEmpty()) quiet(source)
}

private fun nameOf(rule: Rule): Int = when (rule) {
    Rule.NONE -> R.string.rule_none
    Rule.EMERGENCY -> R.string.rule_emergency
    Rule.ALLOW_LIST -> R.string.rule_allow_list
    Rule.BLOCK_LIST -> R.string.rule_block_list
    Rule.KNOWN -> R.string.rule_known
    Rule.VERIFICATION_FAILED -> R.string.rule_verification_failed
    Rule.IMPOSSIBLE_CALLER_ID -> R.string.rule_impossible_caller_id
    Rule.LISTED_NUMBER -> R.string.rule_listed_number
    Rule.RISK_MAP -> R.string.rule_risk_map
    Rule.RANGE -> R.string.rule_range
    Rule.HIDDEN_NUMBER -> R.string.rule_hidden_number
    Rule.AFTER_SCAM -> R.string.rule_after_scam
    Rule.NOTHING_KNOWN -> R.string.rule_nothing_known
}
