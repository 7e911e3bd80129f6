package app.ringfence.phone

import android.content.Context
import android.os.Handler
import android.os.Looper
import app.ringfence.DatabaseSource
import app.ringfence.LoggedCall
import app.ringfence.Ringfence
import app.ringfence.Whom
import java.io.File
import java.io.IOException
import java.util.concurrent.Executor
import java.util.concurrent.Executors

/**
 * What the parts of the app share; one a process.
 *
 * Everything is in device-protected storage, so that it works before the first unlock.
 *
 * @property ringfence the core.
 * @property choices what the user chose about the app itself.
 * @property seenCalls the calls that the system asked about.
 * @property background one thread for what is left to do about a call, in order.
 * @property main the main thread.
 * @property now the time in milliseconds since 1970.
 * @property screens one thread for what screens read and write, which may have to wait: no call waits for it.
 */
class Parts(
    val ringfence: Ringfence,
    val choices: Choices,
    val seenCalls: SeenCalls,
    val background: Executor,
    val main: Executor,
    val now: () -> Long,
    val screens: Executor = background,
) {
    /**
     * How the core can be told of the call that began [at]: by its number as long as the process
     * lives, then by its place in the log; null if there is neither. Reads a file.
     *
     * @throws app.ringfence.RingfenceException
     */
    fun whom(at: Long): Whom? {
        if (seenCalls.knowsNumber(at)) return Whom.Number(seenCalls.number(at).orEmpty())
        return logged(at)?.let { Whom.Logged(it.id) }
    }

    /** The call of the log that began [at]. Reads a file. */
    fun logged(at: Long): LoggedCall? = ringfence.log.calls().find { SeenCalls.same(it.at, at) }

    companion object {
        /** The parts on a phone. Throws nothing: without a database every call rings. */
        fun ofPhone(context: Context): Parts {
            val storage = context.createDeviceProtectedStorageContext()
            val now = System::currentTimeMillis
            val handler = Handler(Looper.getMainLooper())
            return Parts(
                ringfence = open(storage),
                choices = Choices(storage),
                seenCalls = SeenCalls(storage, now),
                background = thread("ringfence-calls"),
                main = { handler.post(it) },
                now = now,
                screens = thread("ringfence-screens"),
            )
        }

        private fun thread(name: String): Executor = Executors.newSingleThreadExecutor { Thread(it, name) }

        /** Where the core keeps its files. */
        fun folder(storage: Context): File = File(storage.filesDir, "ringfence")

        /** Where a later database than the app's own lies, if one was fetched. */
        fun fetchedDatabase(storage: Context): File = File(storage.filesDir, "database.rfdb")

        /** The core with the database in the APK, mapped from there, or a later one that was fetched. */
        private fun open(storage: Context): Ringfence {
            val fetched = fetchedDatabase(storage)
            return try {
                storage.assets.openFd(ASSET).use { asset ->
                    val part = DatabaseSource.InDescriptor(asset.parcelFileDescriptor.fd, asset.startOffset, asset.length)
                    Ringfence.open(folder(storage), DatabaseSource.Newest(fetched, part))
                }
            } catch (_: IOException) {
                Ringfence.open(folder(storage), DatabaseSource.InFile(fetched))
            }
        }

        private const val ASSET = "bundled.rfdb"
    }
}
