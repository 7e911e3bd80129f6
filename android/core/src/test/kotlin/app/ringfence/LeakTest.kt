package app.ringfence

import app.ringfence.internal.NativeLibrary
import app.ringfence.internal.NativeScreener
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File

/** Most bytes by which the process may grow over 10,000 times: 400 a time. What it writes makes it go up and down. */
private const val MOST_GROWTH = 4_000_000

class LeakTest {
    @TempDir
    lateinit var folder: File

    @Test
    fun `opening and closing leaves nothing behind`() {
        // The heap has its size from the start, and nothing is compiled late.
        val options = listOf("-Xint", "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC")
        ChildJvm.start(OpenAndClose::class.java, folder.path, bundled.file.path, options = options).use { child ->
            val end = child.finish()
            assertEquals(0, end.exitCode, end.text)
            val (growth, descriptors, mappings) = end.lines.last().split(' ').map { it.toLong() }
            assertTrue(growth < MOST_GROWTH, end.text)
            assertEquals(0, descriptors)
            assertTrue(mappings < 10, end.text)
        }
    }

    object OpenAndClose {
        @JvmStatic
        fun main(args: Array<String>) {
            val (folder, database) = args
            check(NativeLibrary.loaded)
            fun once(i: Int) {
                val handle = NativeScreener.open(folder, database, -1, 0, 0)
                check(handle > 0)
                check(Verdict(NativeScreener.screen(handle, "07700 900123", 1, 0, 0, NOW)).failure == Failure.NONE)
                if (i % 5 == 0) check(NativeScreener.record(handle, "07700 900123", 1, 0, 0, NOW) == 0)
                NativeScreener.close(handle)
                check(NativeScreener.open(folder, "/dev/null", -1, 0, 0) < 0)
                if (i % 10 == 0) {
                    Ringfence.open(File(folder), DatabaseSource.InFile(File(database))).use { it.status() }
                }
            }
            // Enough to fill the log.
            repeat(2_000, ::once)
            val before = State()
            repeat(10_000, ::once)
            val after = State()
            val growth = listOf(
                after.resident - before.resident,
                after.files - before.files,
                after.mappings - before.mappings,
            )
            println(growth.joinToString(" "))
        }
    }

    private class State {
        init {
            System.gc()
        }

        val resident = File("/proc/self/statm").readText().split(' ')[1].toLong() * 4_096
        val files = File("/proc/self/fd").list()!!.size.toLong()
        val mappings = File("/proc/self/maps").readLines().size.toLong()
    }
}
