package app.ringfence

import com.sun.management.ThreadMXBean
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.lang.management.ManagementFactory
import java.nio.file.Files
import java.nio.file.Path
import javax.tools.ToolProvider

private const val GOOD = "verdict REJECT NONE, recorded NONE"
private const val BROKEN = "verdict ALLOW INTERNAL, recorded INTERNAL"

/** What a screening service does that was just started, in a JVM of its own. */
class DataPlaneTest {
    @TempDir
    lateinit var folder: File

    @Test
    fun `nothing of JNA is loaded while a call waits`() {
        val end = run("screen")
        assertEquals(listOf(GOOD), end.lines)
        val late = end.classes.filter { it.startsWith("com.sun.jna") || it.startsWith("app.ringfence.ffi") }
        assertEquals(emptyList<String>(), late)
        // The test would see it.
        assertTrue("com.sun.jna.Native" in run("status").classes)
    }

    @Test
    fun `no more classes are loaded than are needed`() {
        val classes = run("screen").classes
        val ours = classes.filter { it.startsWith("app.ringfence.") && "DataPlaneTest" !in it }
        assertTrue(ours.size <= OURS, ours.sorted().joinToString("\n"))
        // Its larger classes take longer than all else.
        val kotlin = classes.filter { it.startsWith("kotlin.") }
        assertTrue(kotlin.size <= KOTLINS, kotlin.sorted().joinToString("\n"))
    }

    @Test
    fun `JNI is used as it should be`() {
        val end = run("hostile", options = listOf(ChildJvm.CHECK_JNI))
        assertEquals(listOf(GOOD, "done"), end.lines)
    }

    @Test
    fun `without its library every call rings`() {
        val wrong = Files.writeString(folder.resolve("wrong.so").toPath(), "no library")
        val foreign = Path.of(System.getProperty("java.home"), "lib", "libzip.so")
        val missing = folder.resolve("447700900123.so").path
        for (library in listOf(missing, wrong.toString(), foreign.toString(), folder.path, "relative.so", "")) {
            val properties = mapOf("ringfence.library" to library, "java.library.path" to folder.path)
            val end = run("status", properties = properties)
            // The virtual machine itself has much to say of files that are no libraries.
            val lines = end.lines.filter { it.startsWith("verdict ") || it.startsWith("thrown ") }
            assertEquals(BROKEN, lines.first(), library)
            assertTrue(lines.last().startsWith("thrown Internal: "), end.text)
            assertFalse(folder.path in lines.last() || "900123" in lines.last(), end.text)
            assertEquals(2, lines.size, end.text)
        }
    }

    @Test
    fun `with a library of another version every call rings`() {
        val source = folder.resolve("app/ringfence/internal/NativeScreener.java")
        source.parentFile.mkdirs()
        source.writeText(
            """
            package app.ringfence.internal;
            public final class NativeScreener {
                public static final NativeScreener INSTANCE = new NativeScreener();
                public static native long open(String folder, String database, int fd, long offset, long length);
                public static native long screen(long handle, String number, long at);
            }
            """.trimIndent(),
        )
        val compiled = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-Xlint:none", source.path)
        assertEquals(0, compiled)
        val end = run("status", options = listOf("-Xbootclasspath/a:${folder.path}"))
        assertEquals(BROKEN, end.lines.first(), end.text)
        assertTrue(end.lines[1].startsWith("thrown Internal: "), end.text)
    }

    private fun run(
        what: String,
        properties: Map<String, String> = emptyMap(),
        options: List<String> = emptyList(),
    ): ChildJvm.End {
        val home = folder.resolve("home").path
        val arguments = arrayOf(what, home, bundled.file.path)
        val child = ChildJvm.start(Service::class.java, *arguments, properties = properties, options = options)
        return child.use { it.finish() }.also { assertEquals(0, it.exitCode, it.text) }
    }

    object Service {
        @JvmStatic
        fun main(args: Array<String>) {
            val (what, folder, database) = args
            val ringfence = Ringfence.open(File(folder), DatabaseSource.InFile(File(database)))
            val call = Call("+447700900123")
            val verdict = ringfence.screener.screen(call)
            println("verdict ${verdict.action} ${verdict.failure}, recorded ${ringfence.screener.record(call)}")
            if (what == "hostile") {
                for (text in listOf(null, "", "\uD800", "\u0000", "😱", "1".repeat(10_000_000))) {
                    ringfence.screener.screen(Call(text), Long.MIN_VALUE)
                    ringfence.screener.record(Call(text, direction = Direction.OUTGOING))
                    Ringfence.open(File(text.orEmpty()), DatabaseSource.InFile(File(text.orEmpty()))).close()
                }
                repeat(100_000) { ringfence.screener.screen(call) }
                println("done")
            }
            if (what == "status") {
                try {
                    ringfence.status()
                } catch (e: RingfenceException) {
                    println("thrown ${e.javaClass.simpleName}: ${e.message}")
                }
            }
            ringfence.close()
        }
    }

    @Test
    fun `a screened call allocates nothing`() = british(folder).use { ringfence ->
        val threads = ManagementFactory.getThreadMXBean() as ThreadMXBean
        val calls = listOf("07700 900123", "+216 20 123 456", "999", "Amazon", null).map { Call(it) }
        val screener = ringfence.screener
        fun allocated(): Long {
            val before = threads.currentThreadAllocatedBytes
            for (i in 0..<100_000) {
                val verdict = screener.screen(calls[i % calls.size], NOW)
                check(verdict.failure == Failure.NONE && verdict.rule != Rule.NONE)
            }
            return threads.currentThreadAllocatedBytes - before
        }
        repeat(3) { allocated() }
        assertEquals(0, allocated())
    }

    private companion object {
        const val OURS = 24
        const val KOTLINS = 12
    }
}
