package app.ringfence.phone.screens

import app.ringfence.Action
import app.ringfence.Direction
import app.ringfence.LoggedCall
import app.ringfence.RingfenceException
import app.ringfence.Settings
import app.ringfence.Verdict
import app.ringfence.fakes.FakeRingfence
import app.ringfence.phone.AppTest
import app.ringfence.phone.ui.Screen
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Test
import org.robolectric.shadows.ShadowToast

/** What cannot be read or written is said, and the screen shows what holds. */
class StorageFailuresTest : AppTest() {
    private val fake = FakeRingfence()
    private val full = RingfenceException.Storage("the storage is full")

    @Before
    fun overFake() {
        fake.log.logged = listOf(LoggedCall(1, app.now, Direction.INCOMING, kind = "mobile", verdict = Verdict(Action.ALLOW)))
        app.make = { it.realParts(fake) }
        parts.choices.welcomed = true
    }

    private fun saidWhen(screen: Screen, then: (OnScreen) -> Unit) = OnScreen.open(screen) {
        then(it)
        assertEquals("The phone's storage could not be read or written. Is it full?", ShadowToast.getTextOfLatestToast())
    }

    @Test
    fun `a log that cannot be read`() = saidWhen(LogScreen()) { screen ->
        screen.says("It rang")
        fake.log.fails = full
        screen.recreate()
        screen.saysNot("No calls yet")
        screen.says("No numbers are kept in this list")
    }

    @Test
    fun `a mark that cannot be written`() = saidWhen(WhyScreen.about(app.now)) { screen ->
        fake.memory.fails = full
        screen.tap("It was a scam")
        screen.saysNot("You said that it was a scam")
        screen.saysNot("Undo")
    }

    @Test
    fun `a call that left the log meanwhile, or that cannot be remembered`() = OnScreen.open(WhyScreen.about(app.now)) { screen ->
        fake.memory.fails = RingfenceException.Input("not a number")
        screen.tap("It was a scam")
        screen.says("there is nothing to remember it by")
        fake.log.logged = emptyList()
        screen.recreate()
        screen.says("This call is not in the list any more")
    }

    @Test
    fun `a setting that cannot be written goes back to what holds`() = saidWhen(SettingsScreen()) { screen ->
        fake.settings.fails = full
        screen.tap("Strict")
        assertEquals(listOf("Standard"), screen.chosen.take(1))
    }

    @Test
    fun `a number that cannot be put on a list`() = saidWhen(ListScreen.ofBlocked()) { screen ->
        screen.write("07400 123456")
        fake.settings.fails = full
        screen.tap("Add")
        assertEquals("07400 123456", screen.field.text.toString())
        screen.says("Nobody is on this list yet.")
    }

    @Test
    fun `what cannot be forgotten is not said to be`() = saidWhen(ForgetScreen()) { screen ->
        fake.memory.fails = full
        screen.tap("Delete it all")
        screen.says("Keep everything")
        screen.saysNot("Everything is forgotten")
    }

    @Test
    fun `a number that cannot be tested`() = saidWhen(TestNumberScreen()) { screen ->
        fake.explainer.fails = full
        screen.write("07400 123456")
        screen.tap("Test")
        screen.saysNot("It would ring")
    }

    @Test
    fun `settings without a choice among the usual ones are shown as they are`() {
        fake.settings.change { Settings(afterScamHours = 100) }
        OnScreen.open(SettingsScreen()) { screen ->
            screen.tap("More")
            screen.says("100 hours")
            assertEquals(true, "100 hours" in screen.chosen)
        }
    }
}
