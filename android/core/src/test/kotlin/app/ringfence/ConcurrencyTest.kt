package app.ringfence

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger

private const val SCREENERS = 8
private const val SCREENS = 100_000
private const val OTHERS = 6
private const val ROUNDS = 100

class ConcurrencyTest {
    private val folder = folderInMemory()

    @AfterEach
    fun clear() {
        folder.deleteRecursively()
    }

    /** Who has not done enough yet; all go on until nobody is left, so that all run at the same time. */
    private val unfinished = AtomicInteger(SCREENERS + OTHERS)

    private fun again(atLeast: Int, body: (Int) -> Unit) = Callable {
        try {
            var round = 0
            while (unfinished.get() > 0) {
                body(round++)
                if (round == atLeast) unfinished.decrementAndGet()
            }
        } catch (e: Throwable) {
            unfinished.set(0)
            throw e
        }
    }

    @Test
    fun `calls are screened rightly while everything else goes on`() = british(folder).use { ringfence ->
        // Whatever is chosen and recorded meanwhile says nothing of these; the two databases differ.
        val calls = listOf("+216 20 123 456", "07700 900123", "070 1234 5678", "999", "Amazon").map { Call(it) }
        val databases = listOf(bundled, old)
        val expected = databases.map { source ->
            ringfence.databases.use(source)
            calls.map { withoutGeneration(ringfence.screener.screen(it, NOW)) }
        }
        assertNotEquals(expected[0], expected[1])
        // The first that is used from now on has an even number.
        assertEquals(3, ringfence.verdict("999").generation)

        val screeners = List(SCREENERS) {
            var last = 0
            again(SCREENS) { round ->
                val i = round % calls.size
                val verdict = ringfence.screener.screen(calls[i], NOW)
                check(verdict.generation >= last) { "${verdict.generation} after $last" }
                last = verdict.generation
                check(withoutGeneration(verdict) == expected[last % 2][i]) { "$verdict for call $i" }
            }
        }
        val others = listOf<(Int) -> Unit>(
            { ringfence.databases.use(databases[it % 2]) },
            { i -> ringfence.settings.change { it.copy(allow = listOf("+33612${i % 1_000}*"), callLog = i % 5 != 0) } },
            { ringfence.settings.importText(ringfence.settings.exportText()) },
            { i ->
                val failure = ringfence.screener.record(Call("07400 %06d".format(i % 1_000_000)), NOW)
                assertEquals(Failure.NONE, failure)
            },
            {
                try {
                    val found = ringfence.callCheck.check(CallReport("made me install AnyDesk"))
                    assertEquals(CallVerdict.SCAM, found.verdict)
                } catch (_: RingfenceException.Database) {
                    // The old database has no guide.
                }
            },
            { Ringfence.open(folder, bundled).use { it.log.calls() } },
        )
        assertEquals(OTHERS, others.size)

        val pool = Executors.newCachedThreadPool()
        val running = (screeners + others.map { again(ROUNDS, it) }).map { pool.submit(it) }
        pool.shutdown()
        running.forEach { it.get() }
        assertTrue(ringfence.verdict("999").generation >= ROUNDS)
        assertEquals(0, ringfence.status().internalFailures)
    }

    private fun withoutGeneration(verdict: Verdict) = verdict.packed and 0xFFFF_FFFF
}
