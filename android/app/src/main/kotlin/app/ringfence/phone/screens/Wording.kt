package app.ringfence.phone.screens

import android.content.Context
import android.telephony.PhoneNumberUtils
import android.text.BidiFormatter
import android.text.TextDirectionHeuristics
import android.text.format.DateFormat
import app.ringfence.Action
import app.ringfence.Direction
import app.ringfence.LoggedCall
import app.ringfence.R
import app.ringfence.phone.words.ActionLook
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.DateTimeParseException
import java.time.format.FormatStyle
import java.util.Date
import java.util.IllformedLocaleException
import java.util.Locale

/** How calls, places, times and how sure something is are said in the person's language. */
class Wording(private val context: Context) {
    /** The language in which the app speaks, and its country. */
    val locale: Locale = context.resources.configuration.locales[0]

    /** Whether what the database says in English can be read without a word about it. */
    val english: Boolean get() = locale.language == Locale.ENGLISH.language

    /** The name of a region such as `GB`. */
    fun country(region: String): String = try {
        Locale.Builder().setRegion(region).build().getDisplayCountry(locale).ifEmpty { region }
    } catch (_: IllformedLocaleException) {
        region
    }

    /** A number as it is written, which is from left to right in every language. */
    fun number(e164: String): String {
        val written = PhoneNumberUtils.formatNumber(e164, locale.country) ?: e164
        return BidiFormatter.getInstance(locale).unicodeWrap(written, TextDirectionHeuristics.LTR)
    }

    /** The words for a kind of number, which comes in libphonenumber's words; a string. */
    fun kind(kind: String): Int = when (kind) {
        "fixed_line" -> R.string.kind_fixed_line
        "mobile" -> R.string.kind_mobile
        "fixed_line_or_mobile" -> R.string.kind_fixed_line_or_mobile
        "toll_free" -> R.string.kind_toll_free
        "premium_rate" -> R.string.kind_premium_rate
        "shared_cost" -> R.string.kind_shared_cost
        "voip" -> R.string.kind_voip
        "personal_number" -> R.string.kind_personal_number
        "pager" -> R.string.kind_pager
        "uan" -> R.string.kind_uan
        "voicemail" -> R.string.kind_voicemail
        else -> R.string.kind_unknown
    }

    /** The day of a time, seen from [now]; both in milliseconds since 1970. */
    fun day(at: Long, now: Long): String {
        val day = dayOf(at)
        return when (day) {
            dayOf(now) -> context.getString(R.string.log_today)
            dayOf(now).minusDays(1) -> context.getString(R.string.log_yesterday)
            else -> day.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale))
        }
    }

    /** The time of day, in milliseconds since 1970. */
    fun time(at: Long): String = DateFormat.getTimeFormat(context).format(Date(at))

    /** A date of the database such as 2026-11-22. */
    fun date(date: String): String = try {
        LocalDate.parse(date).format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale))
    } catch (_: DateTimeParseException) {
        date
    }

    /** How sure a verdict is, in percent; null where there is nothing to be sure of. */
    fun howSure(confidence: Int): String? {
        val words = when (confidence) {
            0 -> return null
            in VERY..Int.MAX_VALUE -> R.string.why_very_sure
            in FAIRLY until VERY -> R.string.why_fairly_sure
            else -> R.string.why_not_sure
        }
        return context.getString(words, confidence)
    }

    /** What was done with a call; a string. */
    fun done(call: LoggedCall): Int = when {
        call.direction == Direction.INCOMING -> ActionLook.words(call.verdict.action)
        call.verdict.action == Action.ALLOW -> R.string.log_you_rang
        else -> R.string.log_you_rang_warned
    }

    private fun dayOf(at: Long): LocalDate = Instant.ofEpochMilli(at).atZone(ZoneId.systemDefault()).toLocalDate()

    private companion object {
        const val VERY = 80
        const val FAIRLY = 65
    }
}
