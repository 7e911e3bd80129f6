package app.ringfence.phone.selftest

import app.ringfence.DatabaseInfo
import app.ringfence.R
import app.ringfence.phone.NOW
import app.ringfence.phone.ui.Tone
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class SelfTestTest {
    private val well = Findings(database = DatabaseInfo("1", issued = NOW - 2 * DAY), lastAsked = NOW, now = NOW)

    @Test
    fun `a phone on which all is well`() {
        val lines = SelfTest.lines(well)
        assertEquals(Check.values().toList(), lines.map { it.check })
        assertEquals(setOf(Tone.GOOD), lines.map { it.tone }.toSet())
        assertNull(SelfTest.worst(well))
    }

    @Test
    fun `what is wrong is told in its own line alone, with a remedy`() {
        val wrong = listOf(
            Wrong(well.copy(roleHeld = false), Check.ROLE, Tone.DANGER, R.string.test_role_bad, Remedy.ASK_ROLE),
            Wrong(well.copy(roleHeld = false, rolePossible = false), Check.ROLE, Tone.DANGER, R.string.test_role_none, Remedy.DEFAULT_APPS),
            Wrong(well.copy(protection = false), Check.PROTECTION, Tone.DANGER, R.string.test_on_bad, Remedy.SWITCH_ON),
            Wrong(well.copy(serviceEnabled = false), Check.SERVICE, Tone.DANGER, R.string.test_service_bad, Remedy.ENABLE_SERVICE),
            Wrong(well.copy(notices = false), Check.NOTICES, Tone.CAREFUL, R.string.test_notices_bad, Remedy.NOTICES),
            Wrong(well.copy(mutedKind = true), Check.NOTICES, Tone.CAREFUL, R.string.test_notices_muted, Remedy.NOTICES),
            Wrong(well.copy(database = null), Check.DATABASE, Tone.DANGER, R.string.test_database_bad, Remedy.APP_PAGE),
            Wrong(aged(60), Check.DATABASE, Tone.CAREFUL, R.string.test_database_old, Remedy.DATABASE),
            Wrong(aged(180), Check.DATABASE, Tone.DANGER, R.string.test_database_too_old, Remedy.DATABASE),
            Wrong(well.copy(unreadableSettings = true), Check.SETTINGS, Tone.CAREFUL, R.string.test_settings_bad, Remedy.USUAL_SETTINGS),
            Wrong(well.copy(internalFailures = 3), Check.INSIDE, Tone.CAREFUL, R.string.test_inside_bad, Remedy.LOOK_AGAIN),
            Wrong(well.copy(freeBytes = SelfTest.ROOM - 1), Check.STORAGE, Tone.CAREFUL, R.string.test_storage_full, Remedy.STORAGE),
            Wrong(well.copy(trouble = Findings.Trouble.STORAGE), Check.STORAGE, Tone.DANGER, R.string.test_storage_bad, Remedy.STORAGE),
            Wrong(well.copy(backgroundRestricted = true), Check.BATTERY, Tone.CAREFUL, R.string.test_battery_bad, Remedy.APP_PAGE),
            Wrong(well.copy(lastAsked = 0), Check.ASKED, Tone.CAREFUL, R.string.test_asked_never, Remedy.LOOK_AGAIN),
        )
        assertEquals(Check.values().toSet(), wrong.map { it.check }.toSet())
        for (it in wrong) {
            val line = SelfTest.lines(it.found).single { line -> line.tone != Tone.GOOD }
            assertEquals(it.check, line.check)
            assertEquals("${it.check}", it.tone, line.tone)
            assertEquals("${it.check}", it.title, line.title)
            assertEquals("${it.check}", it.remedy, line.remedy)
        }
    }

    @Test
    fun `a database ages`() {
        fun tone(days: Int) = SelfTest.lines(aged(days)).single { it.check == Check.DATABASE }.tone
        assertEquals(Tone.GOOD, tone(0))
        assertEquals(Tone.GOOD, tone(59))
        assertEquals(Tone.CAREFUL, tone(60))
        assertEquals(Tone.CAREFUL, tone(179))
        assertEquals(Tone.DANGER, tone(180))
        // The phone's clock is wrong.
        assertEquals(Tone.GOOD, tone(-400))
        assertEquals(0, SelfTest.ageDays(NOW + DAY, NOW))
    }

    @Test
    fun `the first page tells the worst, what protects nobody first`() {
        assertEquals(Check.ROLE, SelfTest.worst(well.copy(roleHeld = false, notices = false, protection = false))?.check)
        assertEquals(Check.SERVICE, SelfTest.worst(aged(200).copy(serviceEnabled = false))?.check)
        assertEquals(Check.DATABASE, SelfTest.worst(aged(200).copy(notices = false))?.check)
        assertEquals(Check.NOTICES, SelfTest.worst(well.copy(notices = false))?.check)
        assertNull("nobody has to be rung first", SelfTest.worst(well.copy(lastAsked = 0)))
        assertNull(SelfTest.worst(well.copy(backgroundRestricted = true)))
    }

    @Test
    fun `nobody is called protected whose calls are not checked`() {
        val unchecked = listOf(
            well.copy(roleHeld = false),
            well.copy(roleHeld = false, rolePossible = false),
            well.copy(protection = false),
            well.copy(serviceEnabled = false),
            well.copy(database = null, trouble = Findings.Trouble.DATABASE),
        )
        for (found in unchecked) assertTrue("$found", SelfTest.worst(found)?.unprotected == true)
    }

    @Test
    fun `what the storage broke is not put down to the database`() {
        val lines = SelfTest.lines(well.copy(database = null, trouble = Findings.Trouble.STORAGE))
        assertEquals(R.string.failed_storage, lines.single { it.check == Check.DATABASE }.text)
        assertEquals(Tone.DANGER, lines.single { it.check == Check.STORAGE }.tone)
    }

    @Test
    fun `each maker has its own words`() {
        val makers = listOf("Xiaomi", "HUAWEI", "samsung", "OPPO", "vivo", "OnePlus")
        assertEquals(makers.size, makers.map { Makers.hint(it) }.toSet().size)
        for (maker in makers) assertNotEquals(R.string.maker_other, Makers.hint(maker))
        assertEquals(Makers.hint("xiaomi"), Makers.hint(" Redmi "))
        assertEquals(Makers.hint("xiaomi"), Makers.hint("POCO"))
        assertEquals(Makers.hint("huawei"), Makers.hint("HONOR"))
        assertEquals(Makers.hint("oppo"), Makers.hint("realme"))
        assertEquals(R.string.maker_other, Makers.hint("Fairphone"))
        assertEquals(R.string.maker_other, Makers.hint(""))
    }

    private fun aged(days: Int) = well.copy(database = DatabaseInfo("1", issued = NOW - days * DAY))

    private class Wrong(val found: Findings, val check: Check, val tone: Tone, val title: Int, val remedy: Remedy)

    private companion object {
        const val DAY = 24 * 60 * 60 * 1000L
    }
}
