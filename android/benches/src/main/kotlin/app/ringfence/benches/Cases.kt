package app.ringfence.benches

import app.ringfence.Answer
import app.ringfence.CallReport
import app.ringfence.DatabaseSource
import app.ringfence.Ringfence
import java.io.File
import java.util.Properties

/** What is measured, as whoever compares it with the core wrote it down in a file of properties. */
public object Cases {
    private val properties = Properties().apply { File(System.getProperty("ringfence.cases")).reader().use(::load) }

    /** When all calls are, in milliseconds since 1970. */
    public val at: Long = get("at").toLong()

    /** The home region. */
    public val region: String = get("region")

    /** A note of 500 characters. */
    public val note: CallReport = CallReport(get("note"), region = region)

    /** Four answers, as `question=option`. */
    public val answers: CallReport = CallReport(
        answers = get("answers").split(' ').map { Answer(it.substringBefore('='), it.substringAfter('=')) },
        region = region,
    )

    /** Where [Sqlite] keeps its tables. */
    public val tables: File = File(get("tables"))

    /** The number of a call; empty for a hidden one. */
    public fun number(call: String): String = get("number.$call")

    /** What the core says to it, such as `warn range`. */
    public fun verdict(call: String): String = get("verdict.$call")

    /** A phone that remembers nobody. */
    public fun open(): Ringfence = open(get("folder"))

    /** A phone's folder that holds its database as well. */
    public fun open(folder: String): Ringfence =
        Ringfence.open(File(folder), DatabaseSource.InFile(File(folder, "bundled.rfdb")))

    private fun get(name: String): String = checkNotNull(properties.getProperty(name)) { "no case $name" }
}
