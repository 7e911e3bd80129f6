package app.ringfence.phone.words

import app.ringfence.Category
import app.ringfence.R

/**
 * What is said about a call of each [Category], in the app's own words and the person's language: for
 * what must be said at once, while the database is still asked nothing.
 */
object CategoryWords {
    /** A headline of at most 40 characters. */
    fun title(c: Category): Int = words(c).title

    /** One sentence: what the call may be. */
    fun why(c: Category): Int = words(c).why

    /** One sentence: what to do. */
    fun advice(c: Category): Int = words(c).advice

    private class Words(val title: Int, val why: Int, val advice: Int)

    private fun words(c: Category): Words = when (c) {
        Category.NOTHING_KNOWN -> Words(
            R.string.category_nothing_known_title,
            R.string.category_nothing_known_why,
            R.string.category_nothing_known_advice,
        )
        Category.FICTION -> Words(
            R.string.category_fiction_title,
            R.string.category_fiction_why,
            R.string.category_fiction_advice,
        )
        Category.DO_NOT_ORIGINATE -> Words(
            R.string.category_do_not_originate_title,
            R.string.category_do_not_originate_why,
            R.string.category_do_not_originate_advice,
        )
        Category.UNALLOCATED -> Words(
            R.string.category_unallocated_title,
            R.string.category_unallocated_why,
            R.string.category_unallocated_advice,
        )
        Category.PERSONAL_NUMBER -> Words(
            R.string.category_personal_number_title,
            R.string.category_personal_number_why,
            R.string.category_personal_number_advice,
        )
        Category.PAGER -> Words(
            R.string.category_pager_title,
            R.string.category_pager_why,
            R.string.category_pager_advice,
        )
        Category.PREMIUM_RATE -> Words(
            R.string.category_premium_rate_title,
            R.string.category_premium_rate_why,
            R.string.category_premium_rate_advice,
        )
        Category.TELEMARKETING -> Words(
            R.string.category_telemarketing_title,
            R.string.category_telemarketing_why,
            R.string.category_telemarketing_advice,
        )
        Category.ONE_RING -> Words(
            R.string.category_one_ring_title,
            R.string.category_one_ring_why,
            R.string.category_one_ring_advice,
        )
        Category.SERVICE_PLATFORM -> Words(
            R.string.category_service_platform_title,
            R.string.category_service_platform_why,
            R.string.category_service_platform_advice,
        )
        Category.SPOOFED -> Words(
            R.string.category_spoofed_title,
            R.string.category_spoofed_why,
            R.string.category_spoofed_advice,
        )
        Category.IMPOSSIBLE_LENGTH -> Words(
            R.string.category_impossible_length_title,
            R.string.category_impossible_length_why,
            R.string.category_impossible_length_advice,
        )
        Category.HIDDEN -> Words(
            R.string.category_hidden_title,
            R.string.category_hidden_why,
            R.string.category_hidden_advice,
        )
        Category.UNKNOWN_CALLER_FORMAT -> Words(
            R.string.category_unknown_caller_format_title,
            R.string.category_unknown_caller_format_why,
            R.string.category_unknown_caller_format_advice,
        )
        Category.BLOCKED_BY_YOU -> Words(
            R.string.category_blocked_by_you_title,
            R.string.category_blocked_by_you_why,
            R.string.category_blocked_by_you_advice,
        )
        Category.ALLOWED_BY_YOU -> Words(
            R.string.category_allowed_by_you_title,
            R.string.category_allowed_by_you_why,
            R.string.category_allowed_by_you_advice,
        )
        Category.EMERGENCY -> Words(
            R.string.category_emergency_title,
            R.string.category_emergency_why,
            R.string.category_emergency_advice,
        )
        Category.SHORT_CODE -> Words(
            R.string.category_short_code_title,
            R.string.category_short_code_why,
            R.string.category_short_code_advice,
        )
        Category.KNOWN -> Words(
            R.string.category_known_title,
            R.string.category_known_why,
            R.string.category_known_advice,
        )
        Category.AFTER_SCAM -> Words(
            R.string.category_after_scam_title,
            R.string.category_after_scam_why,
            R.string.category_after_scam_advice,
        )
        Category.LISTED -> Words(
            R.string.category_listed_title,
            R.string.category_listed_why,
            R.string.category_listed_advice,
        )
        Category.HOT_BLOCK -> Words(
            R.string.category_hot_block_title,
            R.string.category_hot_block_why,
            R.string.category_hot_block_advice,
        )
        Category.DAMAGED_DATABASE -> Words(
            R.string.category_damaged_database_title,
            R.string.category_damaged_database_why,
            R.string.category_damaged_database_advice,
        )
        Category.MARKED_SCAM -> Words(
            R.string.category_marked_scam_title,
            R.string.category_marked_scam_why,
            R.string.category_marked_scam_advice,
        )
    }
}
