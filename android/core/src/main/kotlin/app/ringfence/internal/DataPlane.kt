package app.ringfence.internal

import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.DatabaseSource
import app.ringfence.Failure
import app.ringfence.Screener
import app.ringfence.Verdict

/** Screening over the natives. Throws nothing, whatever happens: a call is waiting. */
internal class DataPlane(private val folder: String, private val database: DatabaseSource) : Screener {
    /** As [NativeScreener.open] gives it. */
    @Volatile
    private var handle: Long = open()

    /** Whether [close] was called. */
    @Volatile
    var closed: Boolean = false
        private set

    /** Why it is not open; [Failure.NONE] if it is. */
    val failure: Failure
        get() = handle.let { if (it > 0) Failure.NONE else Failure.of((-it).toInt()) }

    override fun screen(call: Call, at: Long): Verdict {
        val handle = handle
        if (handle <= 0) return failed(Failure.of((-handle).toInt()))
        return try {
            Verdict(
                NativeScreener.screen(
                    handle,
                    call.number,
                    call.presentation.android,
                    call.verification.android,
                    call.direction.android,
                    at,
                ),
            )
        } catch (_: Throwable) {
            failed(Failure.INTERNAL)
        }
    }

    override fun record(call: Call, at: Long): Failure {
        val handle = handle
        if (handle <= 0) return failure
        return try {
            Failure.of(
                NativeScreener.record(
                    handle,
                    call.number,
                    call.presentation.android,
                    call.verification.android,
                    call.direction.android,
                    at,
                ),
            )
        } catch (_: Throwable) {
            Failure.INTERNAL
        }
    }

    /** Tries again what failed, now that the folder and the database are known to be good. */
    @Synchronized
    fun reopen() {
        if (handle < 0 && !closed) handle = open()
    }

    @Synchronized
    fun close() {
        closed = true
        val before = handle
        handle = -Failure.CLOSED.code.toLong()
        if (before > 0) {
            try {
                NativeScreener.close(before)
            } catch (_: Throwable) {
                // It is not used any more.
            }
        }
    }

    private fun open(): Long = try {
        when {
            !NativeLibrary.loaded -> -Failure.INTERNAL.code.toLong()
            database is DatabaseSource.InFile -> NativeScreener.open(folder, database.file.path, -1, 0, 0)
            database is DatabaseSource.InDescriptor ->
                NativeScreener.open(folder, null, database.descriptor, database.offset, database.length)
            database is DatabaseSource.Newest -> {
                val asset = database.asset
                NativeScreener.open(folder, database.file.path, asset.descriptor, asset.offset, asset.length)
            }
            else -> -Failure.ARGUMENT.code.toLong()
        }
    } catch (_: Throwable) {
        -Failure.INTERNAL.code.toLong()
    }

    private fun failed(failure: Failure) = Verdict(Action.ALLOW, failure = failure)
}
