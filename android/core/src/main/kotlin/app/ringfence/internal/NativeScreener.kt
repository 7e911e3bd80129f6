package app.ringfence.internal

/**
 * The data plane's natives. The library registers them by these names and signatures when it is
 * loaded, so they must not be renamed.
 */
internal object NativeScreener {
    /**
     * Opens a folder with a database, which is in the file [database] if [descriptor] is negative, in
     * part of an open file if [database] is null, and else whichever of them was issued later. Gives a
     * handle, which is positive, or a failure's code, negated.
     */
    @JvmStatic
    external fun open(folder: String, database: String?, descriptor: Int, offset: Long, length: Long): Long

    /** Decides about a call, with Android's values for what the phone knows of it; gives the packed verdict. */
    @JvmStatic
    external fun screen(
        handle: Long,
        number: String?,
        presentation: Int,
        verification: Int,
        direction: Int,
        at: Long,
    ): Long

    /** Takes note of a call that was answered; gives a failure's code. Writes to the disk. */
    @JvmStatic
    external fun record(
        handle: Long,
        number: String?,
        presentation: Int,
        verification: Int,
        direction: Int,
        at: Long,
    ): Int

    /** Closes a handle; one that is closed already stays so. */
    @JvmStatic
    external fun close(handle: Long)
}
