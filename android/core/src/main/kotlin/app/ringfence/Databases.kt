package app.ringfence

import java.io.File

/**
 * The database with all that Ringfence knows of numbers and scams. Fetching a new one over the
 * network will be a function here, with an interface for the fetching and a callback for progress.
 */
public interface Databases {
    /**
     * The database in use.
     *
     * @throws RingfenceException
     */
    public fun current(): DatabaseInfo

    /**
     * Uses another database from now on, once all of it has been checked. Calls that are being
     * screened end with the one before. A [DatabaseSource.InDescriptor] may be closed when this
     * returns. It holds until the folder is closed everywhere: whoever opens it says which database.
     *
     * @throws RingfenceException.Database if it is refused; the one before stays in use.
     */
    public fun use(source: DatabaseSource)
}

/** Where a database is. */
public sealed interface DatabaseSource {
    /**
     * A file of its own. It is mapped: replace it by renaming another one over it. Writing into it or
     * cutting it short while it is in use ends the process.
     *
     * @property file the file.
     */
    public data class InFile(val file: File) : DatabaseSource

    /**
     * Part of an open file, such as an asset that is stored uncompressed in the APK: what
     * `AssetManager.openFd` gives.
     *
     * @property descriptor the file descriptor, as `ParcelFileDescriptor.getFd()` gives it.
     * @property offset where the database starts, in bytes.
     * @property length how long it is, in bytes.
     */
    public data class InDescriptor(val descriptor: Int, val offset: Long, val length: Long) : DatabaseSource

    /**
     * The database of [file] or the one of [asset], whichever was issued later; that of the file if both
     * were at the same time. For an app that comes with a database and fetches later ones:
     * [Databases.current] tells which it is.
     *
     * A file that is missing, cut short or of a later format does not hinder the asset, nor the asset
     * the file. [Ringfence.open], which a call may wait for, passes over the newer one if it is damaged
     * where screening reads it, [Databases.use] if it is damaged anywhere: so give a fetched database to
     * [Databases.use] before renaming it over [file].
     *
     * @property file the file that is fetched. As with [InFile], it is only ever replaced by renaming.
     * @property asset the asset.
     */
    public data class Newest(val file: File, val asset: InDescriptor) : DatabaseSource
}

/**
 * A database.
 *
 * @property release its release, such as `2026.11.22`.
 * @property issued when it was issued.
 * @property length its length in bytes.
 * @property formatVersion the version of its format.
 * @property fingerprint what identifies it: SHA-256 of its header, in hexadecimal digits.
 * @property sources what it was made from, one line a source.
 * @property generation which of the databases used since the folder was opened it is, from 1 on.
 */
public data class DatabaseInfo(
    val release: String,
    val issued: Long = 0,
    val length: Long = 0,
    val formatVersion: Int = 0,
    val fingerprint: String = "",
    val sources: List<String> = emptyList(),
    val generation: Int = 1,
)
