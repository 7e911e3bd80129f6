package app.ringfence.phone.screens

import android.os.Bundle
import android.text.format.DateFormat
import android.text.format.Formatter
import app.ringfence.DatabaseInfo
import app.ringfence.R
import app.ringfence.RingfenceException
import app.ringfence.phone.selftest.SelfTest
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone
import java.text.SimpleDateFormat
import java.util.Date
import java.util.TimeZone

/** Which database is in use, and what it was made from. */
class DatabaseScreen(state: Bundle = Bundle()) : Screen(state) {
    private var info: DatabaseInfo? = null
    private var failed = false

    override fun name(): CharSequence = host.activity.getString(R.string.database_title)

    override fun load() = host.work(this, { read() }) {
        info = it
        failed = it == null
        host.refresh()
    }

    private fun read(): DatabaseInfo? = try {
        parts.ringfence.databases.current()
    } catch (_: RingfenceException) {
        null
    }

    override fun show(page: Page) = page.run {
        text(words(R.string.database_text))
        if (failed) card(Tone.DANGER) { text(words(R.string.failed_database)) }
        val info = info ?: return@run text(words(if (failed) R.string.database_updates_text else R.string.working)).let { }
        val age = SelfTest.ageDays(info.issued, parts.now())
        val tone = when {
            age >= SelfTest.TOO_OLD_DAYS -> Tone.DANGER
            age >= SelfTest.OLD_DAYS -> Tone.CAREFUL
            else -> Tone.GOOD
        }
        card(tone) {
            heading(words(R.string.database_issued, date(info.issued)), tone)
            text(count(R.plurals.database_age, age, age))
        }
        card {
            fact(words(R.string.database_release), info.release)
            fact(words(R.string.database_size), Formatter.formatShortFileSize(host.activity, info.length))
            fact(words(R.string.database_fingerprint), shortened(info.fingerprint))
        }
        quiet(words(R.string.database_fingerprint_text))
        heading(words(R.string.database_sources))
        card { info.sources.forEach { text(it) } }
        heading(words(R.string.database_updates))
        text(words(R.string.database_updates_text))
        Unit
    }

    /** The day as it was where databases are issued. */
    private fun date(at: Long): String {
        val locale = host.activity.resources.configuration.locales[0]
        val format = SimpleDateFormat(DateFormat.getBestDateTimePattern(locale, "dMMMMy"), locale)
        format.timeZone = TimeZone.getTimeZone("UTC")
        return format.format(Date(at))
    }

    /** The first digits in groups that can be read out to somebody. */
    private fun shortened(fingerprint: String): String = fingerprint.take(SHOWN).chunked(GROUP).joinToString(" ")

    private companion object {
        const val SHOWN = 16
        const val GROUP = 4
    }
}
