package app.ringfence.phone.screens

import app.ringfence.Direction
import app.ringfence.Presentation
import app.ringfence.phone.Pictures
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.annotation.Config

class LogScreenTest : AfternoonTest() {
    private fun someCalls() {
        ring(stranger, ago = 8 * DAY)
        ring("+216 20 123 456", ago = DAY + 2 * HOUR)
        ring(null, ago = DAY) { it.copy(presentation = Presentation.RESTRICTED) }
        ring("020 7946 0018", ago = 5 * HOUR) { it.copy(direction = Direction.OUTGOING) }
        ring(helpline, ago = 3 * HOUR)
        ring(fiction, ago = HOUR)
    }

    @Test
    fun `calls are shown by day, the latest first, with what was done and what they may be`() {
        someCalls()
        OnScreen.open(LogScreen()) { screen ->
            val done = setOf("It was rejected", "It rang with a warning", "It rang", "You rang")
            val shown = screen.words.filter { it in done || it == "Today" || it == "Yesterday" || it.endsWith("16 November 2026") }
            val expected = listOf(
                listOf("Today", "It was rejected", "It rang with a warning", "You rang"),
                listOf("Yesterday", "It rang with a warning", "It rang with a warning"),
                listOf("Monday, 16 November 2026", "It rang"),
            )
            assertEquals(expected.flatten(), shown)
            screen.says("Faked number\n14:42")
            screen.says("Probably a faked number\n12:42, United Kingdom")
            screen.says("Hidden number\n15:42")
            screen.says("Tunisia")
            screen.says("16 November 2026")
            screen.says("No numbers are kept in this list")
        }
    }

    @Test
    @Config(qualifiers = "de-rDE")
    fun `countries and days are said in the person's language`() {
        someCalls()
        OnScreen.open(LogScreen()) { screen ->
            screen.says("Tunesien")
            screen.says("16. November 2026")
        }
    }

    @Test
    fun `no digit of a number is shown`() {
        someCalls()
        OnScreen.open(LogScreen()) { screen ->
            assertFalse(screen.page, Regex("[0-9]{5,}").containsMatchIn(screen.page))
        }
    }

    @Test
    fun `tapping a call says why`() {
        ring(fiction, ago = HOUR)
        OnScreen.open(LogScreen()) { screen ->
            screen.tap("It was rejected")
            assertTrue(screen.top is WhyScreen)
            screen.says("There is nothing to do. Do not ring back.")
        }
    }

    @Test
    fun `two hundred calls come in portions`() {
        repeat(210) { ring(stranger, ago = it * MINUTE) }
        OnScreen.open(LogScreen()) { screen ->
            val rows = { screen.words.count { it == "It rang" } }
            assertEquals(25, rows())
            repeat(7) { screen.tap("Show more") }
            assertEquals(200, rows())
            assertFalse(screen.canTap("Show more"))
        }
    }

    @Test
    fun `an empty log says what will be there`() = OnScreen.open(LogScreen()) { screen ->
        screen.says("No calls yet")
        screen.says("Calls from your contacts never come here.")
    }

    @Test
    fun `a log that is switched off says so and leads to the settings`() {
        ring(fiction)
        parts.ringfence.settings.change { it.copy(callLog = false) }
        OnScreen.open(LogScreen()) { screen ->
            screen.says("The list of calls is switched off")
            screen.saysNot("It was rejected")
            screen.tap("Settings")
            assertTrue(screen.top is SettingsScreen)
        }
    }

    @Test
    fun pictures() {
        Pictures.check("log-empty") { draw -> OnScreen.open(LogScreen()) { draw(it.activity) } }
        someCalls()
        Pictures.check("log") { draw -> OnScreen.open(LogScreen()) { draw(it.activity) } }
    }
}
