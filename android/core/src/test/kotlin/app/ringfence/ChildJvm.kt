package app.ringfence

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.MILLISECONDS
import kotlin.concurrent.thread
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/**
 * A fresh JVM on the class path of the tests, for what has to start cold or has to die.
 *
 * ```
 * ChildJvm.start(ColdStart::class.java, "GB").use { child ->
 *     val end = child.finish()
 *     assertEquals(0, end.exitCode, end.text)
 *     assertTrue("com.sun.jna.Native" !in end.classes)
 * }
 * ```
 */
class ChildJvm private constructor(private val process: Process, private val classLog: Path) : AutoCloseable {
    private val queue = LinkedBlockingQueue<Any>()
    private val lines = mutableListOf<String>()

    init {
        thread(isDaemon = true, name = "output of a child") {
            // A killed child may cut a line short.
            runCatching { process.inputReader().forEachLine(queue::add) }
            queue.add(END)
        }
    }

    /** The exit code (137 if killed), both outputs, and every class that was loaded. */
    class End(val exitCode: Int, val lines: List<String>, val classes: Set<String>) {
        val text: String get() = lines.joinToString("\n")
    }

    /** Waits for a line that starts with [prefix]; null if the child ends without one. */
    fun awaitLine(prefix: String, timeout: Duration = 60.seconds): String? {
        val start = TimeSource.Monotonic.markNow()
        while (true) {
            val left = (timeout - start.elapsedNow()).inWholeMilliseconds
            when (val next = queue.poll(left, MILLISECONDS)) {
                null -> error("no line \"$prefix\" within $timeout:\n" + lines.joinToString("\n"))
                is String -> {
                    lines += next
                    if (next.startsWith(prefix)) return next
                }
                else -> {
                    queue.add(END)
                    return null
                }
            }
        }
    }

    /** Gives it a line to read. */
    fun send(line: String) {
        process.outputWriter().apply { write("$line\n") }.flush()
    }

    /** Kills it as the system would: no hook runs, nothing is flushed. What it has printed can still be read. */
    fun kill() {
        // Process.destroyForcibly() closes the output as well.
        process.toHandle().destroyForcibly()
    }

    /** Waits until it ends. */
    fun finish(timeout: Duration = 60.seconds): End {
        // Reading until the end comes first: a child blocks on a full pipe.
        val start = TimeSource.Monotonic.markNow()
        do {
            val line = awaitLine("", timeout - start.elapsedNow())
        } while (line != null)
        val exitCode = process.waitFor()
        // "java.lang.Object source: shared objects file"
        val classes = Files.readAllLines(classLog).mapTo(HashSet()) { it.substringBefore(' ') }
        return End(exitCode, lines, classes)
    }

    override fun close() {
        kill()
        process.waitFor()
        Files.delete(classLog)
    }

    companion object {
        private val END = Any()

        /** Checks every use of JNI. JNA itself is full of warnings, so only for children without it. */
        const val CHECK_JNI: String = "-Xcheck:jni"

        /** Starts [main]'s `main` with [args]; where the native library is, it knows from its parent. */
        fun start(
            main: Class<*>,
            vararg args: String,
            properties: Map<String, String> = emptyMap(),
            options: List<String> = emptyList(),
        ): ChildJvm {
            val classLog = Files.createTempFile("classes", ".log")
            val inherited = System.getProperties().stringPropertyNames()
                .filter { it.startsWith("ringfence.") }
                .associateWith { System.getProperty(it) }
            val command = buildList {
                add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                add("-Xlog:class+load:file=$classLog:none")
                addAll(options)
                (inherited + properties).forEach { (key, value) -> add("-D$key=$value") }
                add("-cp")
                add(System.getProperty("java.class.path"))
                add(main.name)
                addAll(args)
            }
            return ChildJvm(ProcessBuilder(command).redirectErrorStream(true).start(), classLog)
        }
    }
}
