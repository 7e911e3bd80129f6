package app.ringfence.phone.screens

import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.phone.AppTest
import app.ringfence.phone.NOW
import org.junit.Before
import org.robolectric.annotation.Config
import java.util.TimeZone

/** What the tests of these screens have in common: an afternoon in Britain. */
@Config(qualifiers = "en-rGB")
abstract class AfternoonTest : AppTest() {
    protected val fiction = "07700 900123"
    protected val helpline = "0300 200 3300"
    protected val stranger = "07400 123456"

    @Before
    fun afternoon() {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"))
        app.now = NOW + 15 * HOUR + 42 * MINUTE
        british()
        parts.choices.welcomed = true
    }

    /** A call rings, and is logged. */
    protected fun ring(number: String?, ago: Long = 0, more: (Call) -> Call = { it }): Long {
        val at = app.now - ago
        parts.ringfence.screener.record(more(Call(number)), at)
        return at
    }

    /** What would be done with a call now. */
    protected fun verdictOn(number: String): Action = parts.ringfence.screener.screen(Call(number), app.now).action

    protected companion object {
        const val MINUTE = 60_000L
        const val HOUR = 60 * MINUTE
        const val DAY = 24 * HOUR
    }
}
