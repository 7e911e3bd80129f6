package app.ringfence.fakes

import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.CallReport
import app.ringfence.CallVerdict
import app.ringfence.CallWindow
import app.ringfence.Category
import app.ringfence.DatabaseSource
import app.ringfence.Failure
import app.ringfence.LoggedCall
import app.ringfence.Mode
import app.ringfence.Ringfence
import app.ringfence.RingfenceException
import app.ringfence.Rule
import app.ringfence.Settings
import app.ringfence.Verdict
import app.ringfence.Whom
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File

private const val NOW = 1_795_478_400_000
private val root = File(System.getProperty("ringfence.root"))
private val bundled = DatabaseSource.InFile(root.resolve("data/bundled.rfdb"))

/** What holds for every Ringfence, the fake one too. */
abstract class ContractTest {
    protected abstract val ringfence: Ringfence
    private val stranger = Call("+447400123456")

    @AfterEach
    fun close() = ringfence.close()

    @Test
    fun `a stranger's call rings`() {
        val verdict = Verdict(Action.ALLOW, Rule.NOTHING_KNOWN, Category.NOTHING_KNOWN, generation = 1)
        assertEquals(verdict, ringfence.screener.screen(stranger, NOW))
        assertEquals(verdict, ringfence.explainer.explain(stranger, NOW).verdict)
        assertEquals(Failure.NONE, ringfence.screener.record(stranger, NOW))
    }

    @Test
    fun `nothing told is nothing sure`() {
        assertEquals(CallVerdict.UNSURE, ringfence.callCheck.check(CallReport()).verdict)
        assertTrue(ringfence.callCheck.remoteTools(emptyList(), CallWindow()).isEmpty())
    }

    @Test
    fun `a new phone has the defaults and an empty log`() {
        assertEquals(Settings(), ringfence.settings.current())
        assertEquals(emptyList<LoggedCall>(), ringfence.log.calls())
        assertEquals(0, ringfence.status().remembered)
        assertEquals(1, ringfence.databases.current().generation)
    }

    @Test
    fun `settings are changed, exported and imported`() {
        val strict = ringfence.settings.change { it.copy(mode = Mode.STRICT) }
        assertEquals(Settings(mode = Mode.STRICT), strict)
        val text = ringfence.settings.exportText()
        ringfence.settings.change { Settings() }
        assertEquals(strict, ringfence.settings.importText(text))
        assertThrows(RingfenceException.Settings::class.java) { ringfence.settings.importText("nobody exported this") }
        assertEquals(strict, ringfence.settings.current())
    }

    @Test
    fun `another database is the next generation`() {
        ringfence.databases.use(bundled)
        assertEquals(2, ringfence.databases.current().generation)
    }

    @Test
    fun `everything can be told and forgotten`() {
        val whom = Whom.Number("+447400123456")
        ringfence.memory.spokenWith(whom, NOW)
        ringfence.memory.markFine(whom, NOW)
        ringfence.memory.markScam(whom, NOW)
        ringfence.memory.unmark(whom, NOW)
        ringfence.memory.forgetEverything()
        assertEquals(0, ringfence.status().remembered)
    }

    @Test
    fun `closed is closed`() {
        val questions = listOf<() -> Any>(
            { ringfence.status() },
            { ringfence.callCheck.check(CallReport()) },
            { ringfence.explainer.explain(stranger) },
            { ringfence.settings.current() },
            { ringfence.memory.forgetEverything() },
            { ringfence.log.calls() },
            { ringfence.databases.current() },
        )
        repeat(2) { ringfence.close() }
        assertEquals(Verdict(Action.ALLOW, failure = Failure.CLOSED), ringfence.screener.screen(stranger))
        assertEquals(Failure.CLOSED, ringfence.screener.record(stranger))
        for (question in questions) assertThrows(RingfenceException.Closed::class.java) { question() }
    }
}

class RealRingfenceTest : ContractTest() {
    @TempDir
    lateinit var folder: File
    override val ringfence: Ringfence by lazy { Ringfence.open(folder, bundled) }
}

class FakeRingfenceTest : ContractTest() {
    override val ringfence = FakeRingfence()

    @Test
    fun `it says what it is told to, and remembers what it was asked`() {
        val call = Call("07700 900123")
        ringfence.screener.verdict = { _, _ -> Verdict(Action.REJECT, category = Category.FICTION) }
        ringfence.screener.recording = Failure.STORAGE
        assertEquals(Action.REJECT, ringfence.screener.screen(call).action)
        assertEquals(Failure.STORAGE, ringfence.screener.record(call))
        assertEquals(listOf(call) to listOf(call), ringfence.screener.screened to ringfence.screener.recorded)

        ringfence.memory.markScam(Whom.Logged(7))
        assertEquals(listOf(Whom.Logged(7) to FakeCallMemory.Event.MARKED_SCAM), ringfence.memory.told)
        ringfence.settings.refuses = { "no" }
        assertThrows(RingfenceException.Settings::class.java) { ringfence.settings.change { it } }
        ringfence.log.fails = RingfenceException.Storage("the storage is full")
        assertThrows(RingfenceException.Storage::class.java) { ringfence.log.calls() }
    }
}
