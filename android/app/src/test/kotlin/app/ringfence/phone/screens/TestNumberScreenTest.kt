package app.ringfence.phone.screens

import android.text.InputType
import app.ringfence.R
import app.ringfence.phone.Pictures
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Test

class TestNumberScreenTest : AfternoonTest() {
    private fun test(number: String, then: (OnScreen) -> Unit) = OnScreen.open(TestNumberScreen()) { screen ->
        screen.write(number)
        screen.tap("Test")
        then(screen)
    }

    @Test
    fun `the README's numbers`() {
        test(fiction) { screen ->
            screen.says("It would be rejected")
            screen.says("Faked number")
            screen.says("+44 7700 900123")
            screen.says("Very sure (96 in 100)")
            screen.saysNot("Kind of number")
        }
        test(helpline) { screen ->
            screen.says("It would ring with a warning")
            screen.says("Probably a faked number")
            screen.says("United Kingdom")
            screen.says("A company's number")
        }
    }

    @Test
    fun `a mobile of which nothing is known`() = test(stranger) { screen ->
        screen.says("It would ring")
        screen.says("Unknown number")
        screen.says("Mobile phone")
        screen.saysNot("in 100")
    }

    @Test
    fun `a hidden number`() = OnScreen.open(TestNumberScreen()) { screen ->
        screen.tap("The number is hidden")
        screen.tap("Test")
        screen.says("It would ring with a warning")
        screen.says("Hidden number")
    }

    @Test
    fun `nothing typed, and what is no number`() {
        test("   ") { it.says("Type a number first") }
        test("Amazon") { screen ->
            screen.says("no phone number that we can read")
            screen.says("Number not readable")
        }
    }

    @Test
    fun `anything can be typed`() {
        for (odd in listOf("9".repeat(5_000), "\uD83D\uDE00".repeat(100), "tel:+44;ext=\u0000", "٠٧٧٠٠ ٩٠٠١٢٣", "*#06#", "%1\$s")) {
            test(odd) { it.says("It would") }
        }
    }

    @Test
    fun `ringing somebody is never stopped but may be warned of`() = OnScreen.open(TestNumberScreen()) { screen ->
        screen.tap("I am ringing it")
        screen.write(stranger)
        screen.tap("Test")
        screen.says("Your call would go through")
        screen.says("never stopped")
        screen.write("+216 20 123 456")
        screen.tap("Test")
        screen.says("Your call would go through, with a warning")
        screen.says("Hang up unless you know")
    }

    @Test
    fun `the rules can be unfolded`() = test(helpline) { screen ->
        screen.tap("Every rule that was looked at")
        screen.says("HMRC's own helpline")
        screen.says("3 June 2019")
    }

    @Test
    fun `turning the phone keeps what was typed and found`() = OnScreen.open(TestNumberScreen()) { screen ->
        assertEquals(InputType.TYPE_CLASS_PHONE, screen.field.inputType)
        screen.write("07700 9")
        screen.recreate()
        assertEquals("07700 9", screen.field.text.toString())
        screen.saysNot("It would")
        screen.write(fiction)
        screen.tap("Test")
        screen.recreate()
        screen.says("It would be rejected")
        assertEquals(fiction, screen.field.text.toString())
    }

    @Test
    fun `nothing is kept`() {
        test(fiction) { }
        assertEquals(0, parts.ringfence.log.calls().size)
        assertEquals(0, parts.ringfence.status().remembered)
        assertFalse(Traces.of(context).hold("7700900123", "07700 900123"))
    }

    @Test
    fun pictures() {
        Pictures.check("test-number") { draw -> OnScreen.open(TestNumberScreen()) { draw(it.activity) } }
        Pictures.check("test-number-result") { draw ->
            OnScreen.open(TestNumberScreen()) { screen ->
                screen.write(helpline)
                screen.tap(context.getString(R.string.test_button))
                draw(screen.activity)
            }
        }
    }
}
