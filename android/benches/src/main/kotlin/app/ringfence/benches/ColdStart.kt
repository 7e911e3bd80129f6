package app.ringfence.benches

import app.ringfence.Call
import app.ringfence.CallReport
import app.ringfence.DatabaseSource
import app.ringfence.Failure
import app.ringfence.Ringfence
import java.io.File

/**
 * What is asked once in a fresh JVM. Prints the nanoseconds of each step.
 *
 * Nothing of what is measured is loaded before the clock starts. Of Kotlin's own runtime, which every
 * app has loaded, that much is which this function needs.
 */
public fun main(args: Array<String>) {
    val steps = when (args[0]) {
        "screen" -> FirstVerdict.ask(args[1], args[2], args[3].toLong())
        "natives" -> Natives.ask(args[1], args[1] + "/bundled.rfdb", args[2], args[3].toLong())
        "check" -> FirstCheck.ask(args[1], args[2])
        "libphonenumber" -> FirstParse.ask(args[1])
        "sqlite" -> FirstQuery.ask(args[1], args[2])
        "tables" -> Sqlite.make(File(args[1])).let { longArrayOf() }
        else -> error("nobody is called ${args[0]}")
    }
    println(steps.joinToString(" "))
}

private object FirstVerdict {
    fun ask(folder: String, number: String, at: Long): LongArray {
        val start = System.nanoTime()
        // What Ringfence.open does first: looked at alone.
        Class.forName("app.ringfence.internal.NativeLibrary")
        val loaded = System.nanoTime()
        val ringfence = Ringfence.open(File(folder), DatabaseSource.InFile(File(folder, "bundled.rfdb")))
        val opened = System.nanoTime()
        val verdict = ringfence.screener.screen(Call(number), at)
        val done = System.nanoTime()
        check(verdict.failure == Failure.NONE) { verdict }
        return longArrayOf(loaded - start, opened - loaded, done - opened)
    }
}

private object FirstCheck {
    fun ask(folder: String, note: String): LongArray {
        val start = System.nanoTime()
        val ringfence = Ringfence.open(File(folder), DatabaseSource.InFile(File(folder, "bundled.rfdb")))
        val opened = System.nanoTime()
        ringfence.settings.current()
        val used = System.nanoTime()
        val assessment = ringfence.callCheck.check(CallReport(note, region = "GB"))
        val done = System.nanoTime()
        check(assessment.redFlags.isNotEmpty()) { "the note was not read" }
        return longArrayOf(opened - start, used - opened, done - used)
    }
}

private object FirstParse {
    fun ask(number: String): LongArray {
        val start = System.nanoTime()
        val blocked = Libphonenumber(emptySet(), "GB").screen(number)
        val done = System.nanoTime()
        check(!blocked) { "the number is valid" }
        return longArrayOf(done - start)
    }
}

private object FirstQuery {
    fun ask(tables: String, number: String): LongArray {
        val start = System.nanoTime()
        val sqlite = Sqlite(File(tables))
        val opened = System.nanoTime()
        val blocked = sqlite.exact(number)
        val done = System.nanoTime()
        check(!blocked) { "the number is not blocked" }
        return longArrayOf(opened - start, done - opened)
    }
}
