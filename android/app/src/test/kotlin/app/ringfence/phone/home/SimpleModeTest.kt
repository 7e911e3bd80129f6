package app.ringfence.phone.home

import android.content.Intent
import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.Mode
import app.ringfence.Rule
import app.ringfence.phone.check.CheckScreen
import app.ringfence.phone.screens.HomeScreen
import app.ringfence.phone.screens.SetUpForSomeoneScreen
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class SimpleModeTest : PhoneTest() {
    private fun simplePhone(name: String = "Anna", number: String = STRANGER) {
        protectedPhone()
        parts.choices.helper(name, number)
        parts.choices.simple = true
    }

    @Test
    fun `it hides everything else`() {
        simplePhone()
        rang(PAGER, 1)
        opened { assertEquals(listOf("You are protected", "Was that a scam?", "Ring Anna", "For the helper"), it.texts) }
    }

    @Test
    fun `without a helper there is nobody to ring`() {
        simplePhone("", "")
        opened { assertEquals(listOf("You are protected", "Was that a scam?", "For the helper"), it.texts) }
    }

    @Test
    fun `what is wrong is said, with a button that leads nowhere else`() {
        simplePhone()
        loseRole()
        opened {
            assertEquals(
                listOf(
                    "You are not protected",
                    "The phone does not ask Ringfence about calls, so none are checked.",
                    "Let it check calls",
                    "Was that a scam?",
                    "Ring Anna",
                    "For the helper",
                ),
                it.texts,
            )
        }
        holdRole()
        app.now += 200 * 24 * HOUR
        opened { it.saysNot("About what it knows") }
    }

    @Test
    fun `the helper is dialled, not rung at once`() {
        simplePhone()
        opened {
            it.tap("Ring Anna")
            val intent = checkNotNull(it.started())
            assertEquals(Intent.ACTION_DIAL, intent.action)
            assertEquals("tel:07400 123456", intent.data?.let { uri -> "${uri.scheme}:${uri.schemeSpecificPart}" })
        }
    }

    @Test
    fun `the check works there, about the latest call`() {
        simplePhone()
        rang(PAGER, 1)
        opened {
            it.tap("Was that a scam?")
            assertTrue(it.top is CheckScreen)
            assertEquals((app.now - HOUR) / 1000, it.top.state.getLong("call_at") / 1000)
        }
    }

    @Test
    fun `one tap does not leave it`() {
        simplePhone()
        opened {
            it.tap("For the helper")
            it.says("Did a caller tell you to open this?")
            it.saysNot("Settings")
            it.tap("Go back")
            it.saysNot("Settings")
            it.tap("For the helper")
            it.tap("Show everything")
            it.says("Settings")
            it.says("Set it up for someone")
            it.rotate()
            it.says("Settings")
            it.activity.back()
            it.saysNot("Settings")
            assertTrue(parts.choices.simple)
        }
        opened { it.saysNot("Settings") }
    }

    @Test
    fun `a helper sets it up, and always rings afterwards`() {
        protectedPhone()
        parts.ringfence.settings.change { it.copy(mode = Mode.STRICT, block = listOf("kind:mobile")) }
        assertEquals(Action.REJECT, parts.ringfence.screener.screen(Call(STRANGER), app.now).action)
        opened {
            it.tap("Set it up for someone")
            it.write(0, " Anna ")
            it.write(1, STRANGER)
            it.rotate()
            it.tap("Save, and show the big buttons")
            assertTrue(it.top is HomeScreen)
            assertEquals(listOf("You are protected", "Was that a scam?", "Ring Anna", "For the helper"), it.texts)
        }
        val verdict = parts.ringfence.screener.screen(Call("+447400123456"), app.now)
        assertEquals(Action.ALLOW, verdict.action)
        assertEquals(Rule.ALLOW_LIST, verdict.rule)
        assertEquals(listOf("+447400123456"), parts.ringfence.settings.current().allow)
    }

    @Test
    fun `set up twice, the number is on the list once`() {
        protectedPhone()
        repeat(2) {
            opened { phone ->
                phone.activity.go(SetUpForSomeoneScreen())
                phone.write(0, "Anna")
                phone.write(1, STRANGER)
                phone.tap("Save, and show the big buttons")
            }
        }
        assertEquals(1, parts.ringfence.settings.current().allow.size)
    }

    @Test
    fun `what is no number is not taken`() {
        protectedPhone()
        for (number in listOf("hello", "12", "0740012345678901", "+")) {
            opened {
                it.activity.go(SetUpForSomeoneScreen())
                it.write(0, "Anna")
                it.write(1, number)
                it.tap("Save, and show the big buttons")
                it.says("That is not a phone number we can read.")
            }
            assertFalse(number, parts.choices.simple)
            assertEquals(emptyList<String>(), parts.ringfence.settings.current().allow)
        }
    }

    @Test
    fun `a name without a number, or a number without a name`() {
        protectedPhone()
        opened {
            it.activity.go(SetUpForSomeoneScreen())
            it.write(0, "Anna")
            it.tap("Save, and show the big buttons")
            it.says("Write down both the name and the number, or neither.")
            it.write(0, "")
            it.write(1, STRANGER)
            it.tap("Save, and show the big buttons")
            it.says("Write down both the name and the number, or neither.")
            assertFalse(parts.choices.simple)
            it.write(1, "")
            it.tap("Save, and show the big buttons")
            assertTrue(parts.choices.simple)
        }
    }

    @Test
    fun `a helper can show everything again`() {
        simplePhone()
        opened {
            it.tap("For the helper")
            it.tap("Show everything")
            it.tap("Set it up for someone")
            it.tap("Everything")
            it.tap("Save")
            it.says("Settings")
            assertFalse(parts.choices.simple)
            assertEquals("Anna", parts.choices.helperName)
        }
        parts.choices.forget()
        assertEquals("", parts.choices.helperNumber)
    }

    @Test
    fun `the process ends while the helper writes`() {
        protectedPhone()
        opened {
            it.activity.go(SetUpForSomeoneScreen())
            it.write(0, "Anna")
            it.rotate()
            it.says("Anna")
            assertNull(it.started())
        }
    }
}
