package app.ringfence

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import kotlin.concurrent.thread

class SettingsTest {
    @TempDir
    lateinit var folder: File
    private lateinit var ringfence: Ringfence

    @BeforeEach
    fun open() {
        ringfence = Ringfence.open(folder, bundled)
    }

    @AfterEach
    fun close() = ringfence.close()

    @Test
    fun `a new phone has the defaults`() {
        assertEquals(Settings(), ringfence.settings.current())
        assertEquals(Status(), ringfence.status())
    }

    @Test
    fun `every choice comes back, holds at once and outlives a restart`() {
        val switchable = Category.values().filter { category ->
            runCatching { ringfence.settings.change { Settings(switches = mapOf(category to Switch.OFF)) } }.isSuccess
        }
        assertTrue(switchable.size > 10 && Category.EMERGENCY !in switchable)
        val switches = Switch.values()
        val chosen = Settings(
            mode = Mode.STRICT,
            home = "GB",
            switches = switchable.mapIndexed { i, category -> category to switches[i % switches.size] }.toMap(),
            allow = listOf("+442079460018", "region:FR"),
            block = listOf("+4470*", "kind:premium_rate"),
            repeatedCall = false,
            afterScamHours = 672,
            callLog = false,
        )
        assertEquals(chosen, ringfence.settings.change { chosen })
        assertEquals(chosen, ringfence.settings.current())
        assertEquals(Rule.BLOCK_LIST, ringfence.verdict("+44 70 1234 5678").rule)
        ringfence.close()
        Ringfence.open(folder, bundled).use { again ->
            assertEquals(Rule.BLOCK_LIST, again.verdict("+44 70 1234 5678").rule)
            assertEquals(chosen, again.settings.current())
        }
    }

    @Test
    fun `numbers are taken as people write them`() {
        val kept = ringfence.settings.change { it.copy(home = "GB", block = listOf(" 07400 123456 ")) }
        assertEquals(listOf("+447400123456"), kept.block)
        assertEquals(Action.REJECT, ringfence.verdict("07400 123456").action)
    }

    @Test
    fun `what makes no sense is refused with a reason, and nothing changes`() {
        val before = ringfence.settings.change { it.copy(home = "GB") }
        val refused = listOf<(Settings) -> Settings>(
            { it.copy(block = listOf("0740")) },
            { it.copy(allow = listOf("\uD800")) },
            { it.copy(home = "07400 123456") },
            { it.copy(home = "") },
            { it.copy(afterScamHours = 0) },
            { it.copy(afterScamHours = Int.MIN_VALUE) },
            { it.copy(afterScamHours = Int.MAX_VALUE) },
            { it.copy(switches = mapOf(Category.EMERGENCY to Switch.REJECT)) },
        )
        for (change in refused) {
            val error = assertThrows(RingfenceException.Settings::class.java) { ringfence.settings.change(change) }
            assertTrue(error.message!!.length > 10 && "0740" !in error.message!!, error.message)
            assertEquals(before, ringfence.settings.current())
        }
    }

    @Test
    fun `what an app throws while it changes settings comes through`() {
        val error = assertThrows(NoSuchElementException::class.java) {
            ringfence.settings.change { it.copy(block = it.block.drop(1) + it.block.first()) }
        }
        assertFalse(error.message!!.startsWith("Ringfence"))
        assertEquals(Settings(), ringfence.settings.current())
    }

    @Test
    fun `an exported text can be imported elsewhere`(@TempDir elsewhere: File) {
        val chosen = ringfence.settings.change { it.copy(mode = Mode.GENTLE, block = listOf("+447400123456")) }
        val text = ringfence.settings.exportText()
        Ringfence.open(elsewhere, bundled).use { other ->
            assertEquals(chosen, other.settings.importText(text))
            assertEquals(chosen, other.settings.current())
            for (bad in listOf("", "{", "\uDC00", """{"version": 999}""", """{"block": ["0740"]}""")) {
                val error = assertThrows(RingfenceException.Settings::class.java) { other.settings.importText(bad) }
                assertFalse("0740" in error.message!!, error.message)
            }
            assertEquals(chosen, other.settings.current())
        }
    }

    @Test
    fun `a text of version 1 is understood`() {
        val text = """{"version": 1, "mode": "strict", "switches": {"hidden": "silence"}, "block": ["region:FR"]}"""
        val switches = mapOf(Category.HIDDEN to Switch.SILENCE)
        val expected = Settings(Mode.STRICT, switches = switches, block = listOf("region:FR"))
        assertEquals(expected, ringfence.settings.importText(text))
    }

    @Test
    fun `a file that cannot be read leaves the defaults and says why`() {
        ringfence.settings.change { it.copy(mode = Mode.STRICT) }
        ringfence.close()
        val file = folder.listFiles()!!.single { "settings" in it.name }
        file.writeText("{")
        Ringfence.open(folder, bundled).use { again ->
            assertEquals(Settings(), again.settings.current())
            assertNotNull(again.status().unreadableSettings)
            again.settings.change { it.copy(mode = Mode.STRICT) }
            assertNull(again.status().unreadableSettings)
        }
    }

    @Test
    fun `changes from several threads do not undo each other`() {
        val threads = (0..<4).map { i ->
            thread {
                Ringfence.open(folder, bundled).use { mine ->
                    repeat(10) { j -> mine.settings.change { it.copy(allow = it.allow + "+4474001234$i$j") } }
                }
            }
        }
        threads.forEach(Thread::join)
        assertEquals(40, ringfence.settings.current().allow.toSet().size)
    }
}
