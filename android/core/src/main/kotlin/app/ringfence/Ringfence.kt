package app.ringfence

import app.ringfence.internal.OpenRingfence
import java.io.File

/**
 * One phone's Ringfence: a folder with what is remembered and chosen, and a database.
 *
 * The parts are small interfaces, so that each screen of an app asks for the one it needs and its
 * tests pass a fake. They may be used from several threads at once.
 *
 * [screener] is for the ringing call. It touches nothing but itself, never throws and never waits.
 *
 * All the others read and write files and start the rest of the library when one of them is first
 * used: call them off the main thread. They throw [RingfenceException] and nothing else. None of
 * them needs to be cancelled: most take less than some milliseconds, and the longest, the check of
 * a note of 16 KB, a fraction of a second. Times are milliseconds since 1970, as
 * `System.currentTimeMillis()` gives them.
 */
public interface Ringfence : AutoCloseable {
    /** Decides about ringing calls. */
    public val screener: Screener

    /** Was this call a scam? */
    public val callCheck: CallCheck

    /** What screening would say to a number, and why. */
    public val explainer: Explainer

    /** What the user has chosen. */
    public val settings: SettingsStore

    /** What the user tells about numbers. */
    public val memory: CallMemory

    /** The last calls and their verdicts. */
    public val log: CallLog

    /** The database, and which one is in use. Fetching updates will have its place there. */
    public val databases: Databases

    /** How it goes. */
    public fun status(): Status

    /**
     * Closes it; what is open elsewhere stays open. From then on [screener] lets every call ring,
     * and the others throw [RingfenceException.Closed]. Closing again does nothing.
     */
    override fun close()

    /** Opens a Ringfence. */
    public companion object {
        /**
         * Opens [folder], which is made if there is none, with a [database].
         *
         * Never throws, since a call may be waiting: if it cannot be opened, [Screener.screen] lets
         * every call ring with the reason in its verdict, and all else throws it. Whoever has the
         * same folder open in this process shares everything with it, the database in use too.
         *
         * A [DatabaseSource.InDescriptor], that of a [DatabaseSource.Newest] too, may be closed when this
         * returns: it is never read again. If nothing could be opened, that lasts: open another
         * Ringfence. A [DatabaseSource.InFile] is looked for again when something else than [screener]
         * is asked.
         *
         * One for each process is enough. At most 64 can be open at once; one more lets every call
         * ring with [Failure.TOO_MANY].
         */
        @JvmStatic
        public fun open(folder: File, database: DatabaseSource): Ringfence = OpenRingfence(folder.path, database)
    }
}

/**
 * How a Ringfence goes.
 *
 * @property remembered how many numbers, neighbourhoods and the like the phone remembers.
 * @property unreadableSettings why the stored settings could not be read, if so: the defaults hold.
 * @property internalFailures faults of the program since it was started. The phone rang each time.
 */
public data class Status(
    val remembered: Int = 0,
    val unreadableSettings: String? = null,
    val internalFailures: Long = 0,
)
