package app.ringfence.internal

import app.ringfence.Assessment
import app.ringfence.Call
import app.ringfence.CallCheck
import app.ringfence.CallLog
import app.ringfence.CallMemory
import app.ringfence.CallReport
import app.ringfence.CallWindow
import app.ringfence.DatabaseInfo
import app.ringfence.DatabaseSource
import app.ringfence.Databases
import app.ringfence.Explainer
import app.ringfence.Explanation
import app.ringfence.Failure
import app.ringfence.InstalledApp
import app.ringfence.LoggedCall
import app.ringfence.RemoteTool
import app.ringfence.RingfenceException
import app.ringfence.Settings
import app.ringfence.SettingsStore
import app.ringfence.Status
import app.ringfence.Whom
import app.ringfence.ffi.Control
import app.ringfence.ffi.Event
import app.ringfence.ffi.RingfenceException as FfiException

/** Everything but the ringing call, over the generated [Control], which is opened when it is first needed. */
internal class ControlPlane(
    private val folder: String,
    private val database: DatabaseSource,
    private val dataPlane: DataPlane,
) {
    private var control: Control? = null

    val callCheck: CallCheck = object : CallCheck {
        override fun check(report: CallReport): Assessment = ask { it.check(report.toFfi()).toApi() }

        override fun remoteTools(apps: List<InstalledApp>, call: CallWindow): List<RemoteTool> =
            ask { control -> control.remoteTools(apps.map { it.toFfi() }, call.toFfi()).map { it.toApi() } }
    }

    val explainer: Explainer = object : Explainer {
        override fun explain(call: Call, at: Long): Explanation = ask { it.explain(call.toFfi(), at).toApi() }
    }

    val settings: SettingsStore = object : SettingsStore {
        override fun current(): Settings = ask { it.settings().toApi() }

        override fun change(change: (Settings) -> Settings): Settings = changing {
            // What `change` throws is not ours to translate.
            val changed = change(current())
            ask { it.changeSettings(changed.toFfi()) }
            current()
        }

        override fun exportText(): String = ask { it.exportSettings() }

        override fun importText(text: String): Settings =
            changing { ask { it.importSettings(text.wellFormed()).toApi() } }
    }

    val memory: CallMemory = object : CallMemory {
        override fun markFine(whom: Whom, at: Long) = remember(whom, Event.MARKED_FINE, at)

        override fun markScam(whom: Whom, at: Long) = remember(whom, Event.MARKED_SCAM, at)

        override fun unmark(whom: Whom, at: Long) = remember(whom, Event.UNMARKED, at)

        override fun spokenWith(whom: Whom, at: Long) = remember(whom, Event.SPOKEN_WITH, at)

        override fun forgetEverything() = changing { ask { it.forgetEverything() } }

        private fun remember(whom: Whom, event: Event, at: Long) = ask { it.remember(whom.toFfi(), event, at) }
    }

    val log: CallLog = object : CallLog {
        override fun calls(): List<LoggedCall> = ask { control -> control.calls().map { it.toApi() } }
    }

    val databases: Databases = object : Databases {
        override fun current(): DatabaseInfo = ask { it.status().toDatabaseInfo() }

        override fun use(source: DatabaseSource) = ask { it.useDatabase(source.toFfi()) }
    }

    fun status(): Status = ask { it.status().toStatus() }

    /** Lets go of what was opened; the data plane is closed already, so nothing is opened again. */
    @Synchronized
    fun close() {
        val before = control
        control = null
        if (before != null) ignoringFaults(before::close)
    }

    /** One at a time, and not within another: what is changed within would be lost. */
    private inline fun <T> changing(body: () -> T): T {
        if (Thread.holdsLock(CHANGING)) {
            throw RingfenceException.Input("the settings are being changed: give all changes at once")
        }
        return synchronized(CHANGING) { body() }
    }

    private inline fun <T> ask(question: (Control) -> T): T = try {
        question(control())
    } catch (e: RingfenceException) {
        throw e
    } catch (e: FfiException) {
        throw e.toApi()
    } catch (_: Exception) {
        throw fault()
    } catch (_: LinkageError) {
        throw fault()
    }

    @Synchronized
    private fun control(): Control {
        if (dataPlane.closed) throw Failure.CLOSED.toException()
        return control ?: open().also { control = it }
    }

    private fun open(): Control {
        val failure = dataPlane.failure
        if (failure == Failure.NONE) {
            NativeLibrary.shareWithControlPlane()
            // Without a database: should it be closed meanwhile, none is opened.
            return Control.shared(folder.wellFormed())
        }
        val lasting = when {
            // The number of a descriptor that was closed since may be another file's.
            database !is DatabaseSource.InFile -> true
            // Without the library JNA would search the whole system for it.
            failure == Failure.INTERNAL -> !NativeLibrary.loaded
            else -> failure == Failure.ARGUMENT || failure == Failure.CLOSED
        }
        if (lasting) throw failure.toException()
        NativeLibrary.shareWithControlPlane()
        val control = Control.open(folder.wellFormed(), database.toFfi())
        // Whatever was wrong then is right now.
        dataPlane.reopen()
        return control
    }

    /** What the generated code threw may have anything in its text, and so is not passed on. */
    private fun fault(): RingfenceException =
        (if (dataPlane.closed) Failure.CLOSED else Failure.INTERNAL).toException()

    private inline fun ignoringFaults(body: () -> Unit) {
        try {
            body()
        } catch (_: Exception) {
            // It is not used any more.
        } catch (_: LinkageError) {
            // Nor can it be.
        }
    }

    private companion object {
        /** Reading, changing and writing settings is one step, whoever has the same folder open. */
        private val CHANGING = Any()
    }
}
