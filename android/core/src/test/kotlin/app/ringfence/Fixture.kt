package app.ringfence

import org.junit.jupiter.api.Assertions.assertFalse
import java.io.File
import java.io.RandomAccessFile
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.file.Files
import java.security.MessageDigest

/** Two days after the bundled database was issued, in milliseconds. */
const val NOW: Long = (1_795_305_600L + 2 * 86_400) * 1_000

/** The repository. */
val root = File(System.getProperty("ringfence.root"))

val bundled = DatabaseSource.InFile(root.resolve("data/bundled.rfdb"))

/** A database of format version 1, with some British ranges and no guide for checks. */
val old = DatabaseSource.InFile(root.resolve("tests/samples/v1.rfdb"))

/** A phone in Britain that keeps its things in [folder]. */
fun british(folder: File): Ringfence = Ringfence.open(folder, bundled).also { ringfence ->
    ringfence.settings.change { it.copy(home = "GB") }
}

fun Ringfence.verdict(number: String?): Verdict = screener.screen(Call(number), NOW)

/**
 * A folder in memory if possible, for tests that write much: what a process has written outlives its
 * being killed there too. To be deleted afterwards.
 */
fun folderInMemory(): File {
    val memory = File("/dev/shm")
    val parent = if (memory.canWrite()) memory else File(System.getProperty("java.io.tmpdir"))
    return Files.createTempDirectory(parent.toPath(), "ringfence").toFile()
}

/** Runs [body] with a database as an asset of an APK is: in the middle of a larger open file, at an odd place. */
fun <T> asAsset(database: ByteArray, folder: File, body: (DatabaseSource.InDescriptor) -> T): T {
    val file = File.createTempFile("apk", null, folder)
    val before = ByteArray(4_321) { it.toByte() }
    file.writeBytes(before + database + before)
    try {
        return RandomAccessFile(file, "r").use {
            body(DatabaseSource.InDescriptor(descriptorOf(file), before.size.toLong(), database.size.toLong()))
        }
    } finally {
        file.delete()
    }
}

/** A database as if it had been issued so many [seconds] later. */
fun issuedLater(database: ByteArray, seconds: Long): ByteArray {
    val copy = database.clone()
    val fields = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN)
    fields.putLong(24, fields.getLong(24) + seconds)
    val hash = fields.getInt(12) - 32
    val sha256 = MessageDigest.getInstance("SHA-256").apply { update(copy, 0, hash) }
    sha256.digest().copyInto(copy, hash)
    return copy
}

/** The number of the one open descriptor of [file]. */
fun descriptorOf(file: File): Int {
    val open = File("/proc/self/fd").listFiles().orEmpty()
    val target = file.toPath().toRealPath()
    val link = open.single { link -> runCatching { Files.readSymbolicLink(link.toPath()) }.getOrNull() == target }
    return link.name.toInt()
}

fun assertShowsNothingOf(secret: String, shown: Any?) =
    assertFalse(secret in shown.toString(), "personal data shows in ${shown?.javaClass}")
