package app.ringfence

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File

private const val STRANGER = "07400 123456"
private const val FICTION = "07700 900123"

class MemoryTest {
    @TempDir
    lateinit var folder: File
    private lateinit var ringfence: Ringfence

    @BeforeEach
    fun open() {
        ringfence = british(folder)
    }

    @AfterEach
    fun close() = ringfence.close()

    @Test
    fun `what is told of a number changes its verdict`() {
        val whom = Whom.Number(STRANGER)
        val rule = { ringfence.verdict(STRANGER).rule }
        assertEquals(Rule.NOTHING_KNOWN, rule())
        ringfence.memory.spokenWith(whom, NOW)
        assertEquals(Rule.KNOWN, rule())
        ringfence.memory.markScam(whom, NOW)
        assertEquals(Rule.LISTED_NUMBER, rule())
        assertEquals(Category.AFTER_SCAM, ringfence.verdict("07911 123456").category)
        ringfence.memory.unmark(whom, NOW)
        assertEquals(Rule.KNOWN, rule())
        ringfence.memory.markFine(Whom.Number("020 7946 1958"), NOW)
        assertEquals(Rule.KNOWN, ringfence.verdict("+442079461958").rule)
        assertTrue(ringfence.status().remembered > 0)
    }

    @Test
    fun `a recorded call can be marked in the log, also after a restart`() {
        val before = ringfence.verdict(STRANGER)
        assertEquals(Failure.NONE, ringfence.screener.record(Call(STRANGER), NOW))
        assertEquals(Failure.NONE, ringfence.screener.record(Call(FICTION), NOW + 1_000))
        ringfence.close()
        ringfence = Ringfence.open(folder, bundled)
        val (fiction, stranger) = ringfence.log.calls()
        assertEquals(Action.REJECT to Category.FICTION, fiction.verdict.action to fiction.verdict.category)
        assertEquals(NOW + 1_000 to Direction.INCOMING, fiction.at to fiction.direction)
        assertEquals(before, stranger.verdict)
        assertEquals("GB" to "mobile", stranger.region to stranger.kind)
        assertTrue(stranger.id < fiction.id && fiction.title.isNotEmpty() && fiction.advice.isNotEmpty())
        assertEquals(Rule.IMPOSSIBLE_CALLER_ID to true, fiction.rules.last().let { it.rule to it.matched })
        assertEquals(ringfence.databases.current().release, fiction.release)

        ringfence.memory.markScam(Whom.Logged(stranger.id), NOW)
        assertEquals(Category.MARKED_SCAM, ringfence.verdict(STRANGER).category)
        ringfence.memory.unmark(Whom.Logged(stranger.id), NOW)
        ringfence.memory.markFine(Whom.Logged(stranger.id), NOW)
        assertEquals(Rule.KNOWN, ringfence.verdict(STRANGER).rule)
    }

    @Test
    fun `a call that was made makes its number known, and one in spite of a warning does not`() {
        for ((number, rule) in listOf(STRANGER to Rule.KNOWN, "09012 345678" to Rule.RANGE)) {
            val call = Call(number, direction = Direction.OUTGOING)
            assertEquals(Failure.NONE, ringfence.screener.record(call, NOW))
            assertEquals(rule, ringfence.verdict(number).rule)
            assertEquals(Direction.OUTGOING, ringfence.log.calls().first().direction)
        }
    }

    @Test
    fun `a hidden caller can be marked as a scam`() {
        ringfence.screener.record(Call(null, Presentation.RESTRICTED), NOW)
        val call = ringfence.log.calls().single()
        assertEquals(Category.HIDDEN to null, call.verdict.category to call.kind)
        ringfence.memory.markScam(Whom.Logged(call.id), NOW)
        assertEquals(Category.AFTER_SCAM, ringfence.verdict(STRANGER).category)
        assertThrows(RingfenceException.Input::class.java) { ringfence.memory.markFine(Whom.Logged(call.id), NOW) }
    }

    @Test
    fun `the log can be switched off, which empties it`() {
        ringfence.screener.record(Call(STRANGER), NOW)
        assertEquals(1, ringfence.log.calls().size)
        ringfence.settings.change { it.copy(callLog = false) }
        ringfence.screener.record(Call(STRANGER), NOW)
        assertEquals(emptyList<LoggedCall>(), ringfence.log.calls())
        ringfence.settings.change { it.copy(callLog = true) }
        assertEquals(emptyList<LoggedCall>(), ringfence.log.calls())
    }

    @Test
    fun `the log keeps the last 200, the latest first`() {
        repeat(230) { ringfence.screener.record(Call(STRANGER), NOW + it * 1_000L) }
        val calls = ringfence.log.calls()
        assertEquals((229 downTo 30).map { NOW + it * 1_000L }, calls.map { it.at })
    }

    @Test
    fun `nobody can be told of who is no number or not in the log`() {
        val nobody = listOf("", "Amazon", "12", "\uD800", "1".repeat(10_000_000)).map(Whom::Number) +
            listOf(0, 7, -1, Long.MIN_VALUE, Long.MAX_VALUE).map(Whom::Logged)
        for (whom in nobody) {
            assertThrows(RingfenceException.Input::class.java) { ringfence.memory.markFine(whom, NOW) }
        }
        for (whom in listOf("Amazon", "112", "7726", "12").map(Whom::Number)) {
            assertThrows(RingfenceException.Input::class.java) { ringfence.memory.markScam(whom, NOW) }
        }
        for (at in listOf(Long.MIN_VALUE, -1, 0, Long.MAX_VALUE)) {
            ringfence.memory.markFine(Whom.Number(STRANGER), at)
            assertEquals(Rule.KNOWN, ringfence.verdict(STRANGER).rule)
            ringfence.memory.unmark(Whom.Number(STRANGER), at)
            assertEquals(Rule.NOTHING_KNOWN, ringfence.verdict(STRANGER).rule)
        }
    }

    @Test
    fun `no number is on disk, and after forgetting everything nothing is`() {
        ringfence.screener.record(Call(STRANGER), NOW)
        ringfence.memory.markScam(Whom.Number(FICTION), NOW)
        val files = folder.walk().filter { it.isFile }.toList()
        assertTrue(files.size >= 3, files.toString())
        for (file in files) {
            val text = file.readText(Charsets.ISO_8859_1)
            assertFalse("7400123456" in text || "7700900123" in text || "7400 123456" in text, file.name)
        }
        ringfence.memory.forgetEverything()
        assertEquals(emptyList<String>(), folder.list()!!.toList())
        assertEquals(0, ringfence.status().remembered)
        assertEquals(Settings(), ringfence.settings.current())
        assertEquals(emptyList<LoggedCall>(), ringfence.log.calls())
        assertEquals(Rule.NOTHING_KNOWN, ringfence.verdict("+447400123456").rule)
    }
}
