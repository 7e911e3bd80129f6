package app.ringfence.phone.screens

import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.Direction
import app.ringfence.Mode
import app.ringfence.Presentation
import app.ringfence.R
import app.ringfence.Verification
import app.ringfence.Whom
import app.ringfence.phone.Pictures
import app.ringfence.phone.check.CheckScreen
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.annotation.Config

class WhyScreenTest : AfternoonTest() {
    private fun why(at: Long, test: (OnScreen) -> Unit) = OnScreen.open(WhyScreen.about(at), test)

    @Test
    fun `a rejected call`() = why(ring(fiction, ago = HOUR)) { screen ->
        screen.says("It was rejected")
        screen.says("Today, 14:42")
        screen.says("Faked number")
        screen.says("kept for films and television")
        screen.says("There is nothing to do. Do not ring back.")
        screen.says("Very sure (96 in 100)")
    }

    @Test
    fun `a call with a warning`() = why(ring(helpline)) { screen ->
        screen.says("It rang with a warning")
        screen.says("Today, 15:42, United Kingdom")
        screen.says("Not very sure (59 in 100)")
    }

    @Test
    fun `a silenced call`() {
        parts.ringfence.settings.change { it.copy(mode = Mode.STRICT) }
        why(ring("070 1234 5678")) { screen ->
            screen.says("It was silenced")
            screen.says("Not a real mobile number")
        }
    }

    @Test
    fun `a call that rang, of which nothing is sure`() = why(ring(stranger)) { screen ->
        screen.says("It rang")
        screen.says("Nothing speaks against this number.")
        screen.saysNot("in 100")
    }

    @Test
    fun `a call that the network calls forged`() =
        why(ring(stranger) { it.copy(verification = Verification.FAILED) }) { screen ->
            screen.says("It was rejected")
            screen.says("Your phone network says")
        }

    @Test
    fun `calls that the person made`() {
        why(ring(stranger) { it.copy(direction = Direction.OUTGOING) }) { screen ->
            screen.says("You rang")
            screen.says("Calls that you make are never stopped.")
            screen.saysNot("You can answer")
        }
        why(ring("+216 20 123 456", ago = HOUR) { it.copy(direction = Direction.OUTGOING) }) { screen ->
            screen.says("You rang, and were warned")
            screen.says("Hang up unless you know whom you are ringing.")
        }
    }

    @Test
    fun `every rule can be unfolded, with its source and date`() = why(ring(helpline)) { screen ->
        screen.saysNot("Emergency number: no")
        screen.tap("Every rule that was looked at")
        screen.says("Emergency number: no")
        screen.says("Always rings: no")
        screen.says("Number that cannot be real: yes")
        screen.says("HMRC's own helpline")
        screen.says("HMRC phone numbers, 3 June 2019")
        screen.says("List of numbers of 22 November 2026")
        screen.saysNot("in English only")
        screen.tap("Every rule that was looked at")
        screen.saysNot("Emergency number: no")
    }

    @Test
    @Config(qualifiers = "de-rDE")
    fun `that the rules are in English is said where it is news`() = why(ring(helpline)) { screen ->
        screen.tap("Alle geprüften Regeln")
        screen.says("Diese Einzelheiten gibt es nur auf Englisch.")
        screen.says("3. Juni 2019")
    }

    @Test
    fun `what was fine rings from then on, until that is undone`() {
        val at = ring(fiction)
        why(at) { screen ->
            assertEquals(Action.REJECT, verdictOn(fiction))
            screen.tap("It was fine")
            screen.says("From now on this number always rings.")
            assertFalse(screen.canTap("It was a scam"))
            assertEquals(Action.ALLOW, verdictOn(fiction))
            screen.recreate()
            screen.tap("Undo")
            assertEquals(Action.REJECT, verdictOn(fiction))
            assertTrue(screen.canTap("It was fine"))
        }
    }

    @Test
    fun `what was a scam is stopped from then on, until that is undone`() {
        why(ring(stranger)) { screen ->
            assertEquals(Action.ALLOW, verdictOn(stranger))
            screen.tap("It was a scam")
            screen.says("You said that it was a scam.")
            assertTrue(verdictOn(stranger) > Action.WARN)
            screen.tap("Undo")
            assertEquals(Action.ALLOW, verdictOn(stranger))
        }
    }

    @Test
    fun `a hidden call can be marked as a scam only`() =
        why(ring(null) { it.copy(presentation = Presentation.RESTRICTED) }) { screen ->
            assertFalse(screen.canTap("It was fine"))
            screen.tap("It was a scam")
            screen.says("this phone warns you about strangers")
            assertEquals(Action.WARN, verdictOn("07400 999999"))
            screen.tap("Undo")
            assertEquals(Action.ALLOW, verdictOn("07400 999999"))
        }

    @Test
    fun `a name instead of a number is as good as none`() = why(ring("Amazon")) { screen ->
        screen.says("Number not readable")
        assertFalse(screen.canTap("It was fine"))
        screen.tap("It was a scam")
        screen.says("this phone warns you about strangers")
        screen.saysNot("watches for this number")
    }

    @Test
    fun `who is on the person's own list is taken off there`() {
        parts.ringfence.settings.change { it.copy(block = listOf(stranger)) }
        why(ring(stranger)) { screen ->
            screen.says("Blocked by you")
            assertFalse(screen.canTap("It was fine"))
            screen.tap("Take it off your list")
            screen.says("+44 7400 123456")
        }
    }

    @Test
    fun `the call can be checked`() = why(ring(stranger)) { screen ->
        screen.tap("Check this call")
        assertTrue(screen.top is CheckScreen)
    }

    @Test
    fun `a call that is not in the log any more`() {
        why(app.now - DAY) { screen ->
            screen.says("This call is not in the list any more")
            assertFalse(screen.canTap("It was fine"))
        }
        why(ring(stranger)) { screen ->
            parts.ringfence.settings.change { it.copy(callLog = false) }
            screen.tap("It was a scam")
            screen.says("This call is not in the list any more")
        }
    }

    @Test
    fun `somebody known is said to be`() {
        parts.ringfence.memory.markFine(Whom.Number(stranger), app.now - HOUR)
        why(ring(stranger)) { it.says("You have spoken before") }
        assertEquals(Action.ALLOW, parts.ringfence.screener.screen(Call(stranger), app.now).action)
    }

    @Test
    fun pictures() {
        val rejected = ring(fiction, ago = HOUR)
        val allowed = ring(stranger)
        Pictures.check("why-rejected") { draw -> why(rejected) { draw(it.activity) } }
        Pictures.check("why-allowed") { draw ->
            why(allowed) {
                it.tap(context.getString(R.string.rules_title))
                draw(it.activity)
            }
        }
    }
}
