package app.ringfence

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.util.concurrent.locks.LockSupport
import kotlin.random.Random

private const val KILLS = 200

/** The memory's file is rewritten every 128 writes, and the log's now and then. */
private const val MOST_WRITES = 600

/** The memory holds more than these. */
private const val CHECKED = 1_000

class KillTest {
    private val folder = folderInMemory()

    @AfterEach
    fun clear() {
        folder.deleteRecursively()
    }

    @Test
    fun `a process that is killed loses at most the write in flight`() {
        val random = Random(20_261_122)
        var next = 0
        // The next one starts while this one writes.
        var waiting = start()
        try {
            repeat(KILLS) { round ->
                val child = waiting
                waiting = start()
                val last = child.use { recordUntilKilled(it, next, 1 + random.nextInt(MOST_WRITES), random) }
                Ringfence.open(folder, bundled).use { ringfence ->
                    fun rule(i: Int) = ringfence.screener.screen(ordinary(i), NOW).rule
                    for (i in maxOf(0, last - CHECKED)..last) {
                        assertEquals(Rule.KNOWN, rule(i), "number $i, before $last, in round $round")
                    }
                    // The one in flight may be there; what comes after it cannot.
                    assertEquals(Rule.NOTHING_KNOWN, rule(last + 2), "number ${last + 2}, after $last, in round $round")
                    assertEquals(null, ringfence.status().unreadableSettings)
                }
                next = last + 1
            }
        } finally {
            waiting.close()
        }
        assertTrue(next > KILLS * MOST_WRITES / 4)
        Ringfence.open(folder, bundled).use { ringfence ->
            val times = ringfence.log.calls().map { it.at }
            assertEquals(200, times.size)
            assertEquals(times.sortedDescending(), times)
            assertTrue((times.first() - NOW) / 1_000 in next - 1..next)
        }
    }

    private fun start(): ChildJvm {
        // It lives for a moment only: whatever makes it start faster.
        val options = listOf("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
        return ChildJvm.start(Recorder::class.java, folder.path, bundled.file.path, options = options)
    }

    /** Gives the last number that was acknowledged. */
    private fun recordUntilKilled(child: ChildJvm, first: Int, writes: Int, random: Random): Int {
        child.send("$first")
        child.awaitLine("${first + writes - 1} ")
        // A write takes about so long: the kill comes anywhere in one.
        LockSupport.parkNanos(random.nextLong(2_000_000))
        child.kill()
        val end = child.finish()
        assertEquals(137, end.exitCode, end.text)
        // The very last line may be cut short.
        return end.lines.last { it.endsWith(" ok") }.substringBefore(' ').toInt()
    }

    object Recorder {
        @JvmStatic
        fun main(args: Array<String>) {
            val (folder, database) = args
            val first = readln().toInt()
            val ringfence = Ringfence.open(File(folder), DatabaseSource.InFile(File(database)))
            generateSequence(first) { it + 1 }.forEach { i ->
                check(ringfence.screener.record(ordinary(i), NOW + i * 1_000L) == Failure.NONE)
                println("$i ok")
            }
        }
    }

    private companion object {
        /** A call to an ordinary British mobile, after which its number is known. */
        fun ordinary(i: Int) = Call("+447400%06d".format(i), direction = Direction.OUTGOING)
    }
}
