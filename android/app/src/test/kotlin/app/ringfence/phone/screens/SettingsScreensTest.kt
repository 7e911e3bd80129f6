package app.ringfence.phone.screens

import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.Category
import app.ringfence.Mode
import app.ringfence.R
import app.ringfence.Settings
import app.ringfence.Switch
import app.ringfence.Whom
import app.ringfence.phone.Ask
import app.ringfence.phone.Pictures
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.annotation.Config

class SettingsScreensTest : AfternoonTest() {
    private val settings: Settings get() = parts.ringfence.settings.current()

    private fun settings(test: (OnScreen) -> Unit) = OnScreen.open(SettingsScreen(), test)

    private fun more(test: (OnScreen) -> Unit) = settings { screen ->
        screen.tap(context.getString(R.string.settings_more))
        test(screen)
    }

    @Test
    fun `the three modes change verdicts`() = settings { screen ->
        assertEquals("Standard", screen.chosen.first())
        assertEquals(listOf(Action.REJECT, Action.WARN), listOf(fiction, "070 1234 5678").map(::verdictOn))
        screen.tap("Gentle")
        assertEquals("Gentle", screen.chosen.first())
        assertEquals(listOf(Action.SILENCE, Action.WARN), listOf(fiction, "070 1234 5678").map(::verdictOn))
        screen.tap("Strict")
        assertEquals("Strict", screen.chosen.first())
        assertEquals(listOf(Action.REJECT, Action.SILENCE), listOf(fiction, "070 1234 5678").map(::verdictOn))
        screen.recreate()
        assertEquals("Strict", screen.chosen.first())
    }

    @Test
    fun `after which calls the phone asks`() = settings { screen ->
        screen.tap("Only after calls with a warning")
        assertEquals(Ask.WARNED, parts.choices.ask)
        assertTrue("Only after calls with a warning" in screen.chosen)
        screen.tap("Never")
        assertEquals(Ask.NEVER, parts.choices.ask)
    }

    @Test
    fun `the home country is found by its name and holds at once`() {
        parts.ringfence.settings.change { it.copy(home = "FR") }
        settings { screen ->
            screen.tap("France")
            screen.write("united king")
            screen.tap("United Kingdom")
            assertEquals("GB", settings.home)
            screen.says("United Kingdom")
            assertEquals(Action.REJECT, verdictOn(fiction))
        }
    }

    @Test
    fun `countries are found without accents, in whatever case`() = OnScreen.open(HomeRegionScreen()) { screen ->
        screen.write(" reUNION")
        assertTrue(screen.canTap("Réunion"))
        screen.write("xyz")
        screen.says("No country with these letters.")
        screen.write("a")
        assertTrue(screen.canTap("Show all countries"))
        screen.recreate()
        assertEquals("a", screen.field.text.toString())
    }

    @Test
    @Config(qualifiers = "de-rDE")
    fun `countries have the names and the order of the person's language`() = OnScreen.open(HomeRegionScreen()) { screen ->
        screen.write("Vereinigtes König")
        assertTrue(screen.canTap("Vereinigtes Königreich"))
        screen.write("")
        screen.tap("Alle Länder anzeigen")
        val at = { name: String -> screen.words.indexOf(name).also { assertTrue(name, it > 0) } }
        assertTrue(at("Afghanistan") < at("Ägypten") && at("Ägypten") < at("Albanien"))
    }

    @Test
    fun `the countries are those that the database knows`() {
        assertEquals(245, Regions.all.size)
        assertTrue(Regions.all.containsAll(setOf("GB", "US", "XK", "AC", "TA")))
        for (region in Regions.all) {
            val kept = parts.ringfence.settings.change { it.copy(home = region) }
            assertEquals(region, kept.home)
        }
    }

    @Test
    fun `a kind of call can be switched, and back`() = more { screen ->
        screen.tap("Kinds of calls")
        screen.says("As the setting “Standard” does")
        screen.tap("Possible one-ring trick")
        screen.tap("Hang up")
        assertEquals(mapOf(Category.ONE_RING to Switch.REJECT), settings.switches)
        assertEquals(Action.REJECT, verdictOn("+216 20 123 456"))
        screen.tap("Do nothing")
        assertEquals(Action.ALLOW, verdictOn("+216 20 123 456"))
        screen.recreate()
        assertEquals(listOf("Do nothing"), screen.chosen)
        screen.tap("As the setting")
        assertEquals(emptyMap<Category, Switch>(), settings.switches)
        screen.activity.back()
        assertTrue(screen.top is CategoriesScreen)
    }

    @Test
    fun `where the mode never hangs up, that is said`() {
        parts.ringfence.settings.change { it.copy(mode = Mode.GENTLE) }
        OnScreen.open(CategoryScreen.of(Category.HIDDEN)) { screen ->
            screen.says("the phone stays silent instead")
            screen.tap("Hang up")
            assertEquals(Action.SILENCE, parts.ringfence.screener.screen(Call(null), app.now).action)
            parts.ringfence.settings.change { it.copy(mode = Mode.STANDARD) }
            screen.recreate()
            screen.saysNot("the phone stays silent instead")
        }
    }

    @Test
    fun `the kinds that can be switched are those that the core lets be switched`() {
        val taken = Category.values().filter { category ->
            runCatching { parts.ringfence.settings.change { it.copy(switches = mapOf(category to Switch.WARN)) } }.isSuccess
        }
        assertEquals(taken.toSet(), CategoriesScreen.SWITCHABLE.toSet())
    }

    @Test
    fun `a second call and the days after a scam`() = more { screen ->
        screen.tap("Let a second call ring")
        assertFalse(settings.repeatedCall)
        assertTrue("3 days" in screen.chosen)
        screen.tap("1 day")
        assertEquals(24, settings.afterScamHours)
        parts.ringfence.memory.markScam(Whom.Number("+44 7400 123456"), app.now)
        app.now += 25 * HOUR
        assertEquals(Action.ALLOW, verdictOn("020 7183 8750"))
        screen.tap("4 weeks")
        assertEquals(672, settings.afterScamHours)
        assertTrue("4 weeks" in screen.chosen && "3 days" !in screen.chosen)
    }

    @Test
    fun `switching the log off empties it and asks first`() {
        ring(stranger)
        more { screen ->
            screen.tap("Keep a list of recent calls")
            screen.says("It cannot be brought back.")
            assertTrue(settings.callLog)
            assertTrue("Keep a list of recent calls" in screen.chosen)
            screen.tap("Keep the list")
            screen.saysNot("It cannot be brought back.")
            assertEquals(1, parts.ringfence.log.calls().size)
            screen.tap("Keep a list of recent calls")
            screen.tap("Switch it off and empty it")
            assertFalse(settings.callLog)
            assertEquals(0, parts.ringfence.log.calls().size)
            screen.tap("Keep a list of recent calls")
            assertTrue(settings.callLog)
        }
    }

    @Test
    fun `a number on the list of who never rings`() = more { screen ->
        screen.tap("Never rings")
        screen.says("Nobody is on this list yet.")
        screen.write(" 07400 123456 ")
        screen.tap("Add")
        screen.says("+44 7400 123456")
        assertEquals("", screen.field.text.toString())
        assertEquals(Action.REJECT, verdictOn(stranger))
        screen.write("+44 (0)7400-123456")
        screen.tap("Add")
        screen.says("That is on the list already.")
        assertEquals(listOf("+447400123456"), settings.block)
        screen.tap("Remove +44 7400 123456")
        assertEquals(Action.ALLOW, verdictOn(stranger))
        screen.says("Nobody is on this list yet.")
    }

    @Test
    fun `all numbers that begin alike, on the list of who always rings`() = OnScreen.open(ListScreen.ofAllowed()) { screen ->
        screen.write("+44 7700 *")
        screen.tap("Add")
        screen.says("All that begin with")
        assertEquals(listOf("+447700*"), settings.allow)
        assertEquals(Action.ALLOW, verdictOn(fiction))
    }

    @Test
    fun `what is no number is refused in plain words, and what was typed stays`() =
        OnScreen.open(ListScreen.ofBlocked()) { screen ->
            for (bad in listOf("", "0740", "Amazon", "region:", "9".repeat(1_000), "\uD800")) {
                screen.write(bad)
                screen.tap("Add")
                screen.says("We cannot read that as a phone number.")
                screen.recreate()
                screen.says("We cannot read that as a phone number.")
                if (bad.length < 10) assertEquals(bad, screen.field.text.toString())
            }
            for (bad in listOf("*", "070*", "+*", "+44 70**")) {
                screen.write(bad)
                screen.tap("Add")
                screen.says("Begin with + and the country's code")
            }
            assertEquals(emptyList<String>(), settings.block)
        }

    @Test
    fun `nobody is on both lists`() {
        parts.ringfence.settings.change { it.copy(allow = listOf("+447400123456")) }
        OnScreen.open(ListScreen.ofBlocked()) { screen ->
            screen.write(stranger)
            screen.tap("Add")
            screen.says("That is on the other list.")
            assertEquals(emptyList<String>(), settings.block)
        }
    }

    @Test
    fun `entries of other kinds are said in words`() {
        parts.ringfence.settings.change { it.copy(block = listOf("region:FR", "kind:premium_rate", "+4470*")) }
        OnScreen.open(ListScreen.ofBlocked()) { screen ->
            screen.says("All of France")
            screen.says("All of this kind: Expensive to ring")
            screen.says("All that begin with")
            screen.tap("Remove All of France")
            assertEquals(listOf("kind:premium_rate", "+4470*"), settings.block)
        }
    }

    @Test
    fun pictures() {
        Pictures.check("settings") { draw -> settings { draw(it.activity) } }
        Pictures.check("settings-more") { draw -> more { draw(it.activity) } }
        Pictures.check("home-country") { draw -> OnScreen.open(HomeRegionScreen()) { draw(it.activity) } }
        parts.ringfence.settings.change {
            it.copy(
                switches = mapOf(Category.HIDDEN to Switch.SILENCE),
                block = listOf("+447400123456", "+4470*", "region:FR"),
            )
        }
        Pictures.check("categories") { draw -> OnScreen.open(CategoriesScreen()) { draw(it.activity) } }
        Pictures.check("category") { draw -> OnScreen.open(CategoryScreen.of(Category.HIDDEN)) { draw(it.activity) } }
        Pictures.check("list-blocked") { draw -> OnScreen.open(ListScreen.ofBlocked()) { draw(it.activity) } }
    }
}
