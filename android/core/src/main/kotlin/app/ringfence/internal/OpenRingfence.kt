package app.ringfence.internal

import app.ringfence.CallCheck
import app.ringfence.CallLog
import app.ringfence.CallMemory
import app.ringfence.DatabaseSource
import app.ringfence.Databases
import app.ringfence.Explainer
import app.ringfence.Ringfence
import app.ringfence.Screener
import app.ringfence.SettingsStore
import app.ringfence.Status

/** A [Ringfence] over the native library: the data plane at once, the control plane when it is asked for. */
internal class OpenRingfence(private val folder: String, private val database: DatabaseSource) : Ringfence {
    private val dataPlane = DataPlane(folder, database)

    /** Not lazy(): its classes would be loaded while a call waits. */
    private var controlPlane: ControlPlane? = null

    override val screener: Screener get() = dataPlane
    override val callCheck: CallCheck get() = controlPlane().callCheck
    override val explainer: Explainer get() = controlPlane().explainer
    override val settings: SettingsStore get() = controlPlane().settings
    override val memory: CallMemory get() = controlPlane().memory
    override val log: CallLog get() = controlPlane().log
    override val databases: Databases get() = controlPlane().databases

    override fun status(): Status = controlPlane().status()

    override fun close() {
        dataPlane.close()
        // One that was never asked for is not made for this; asked for later it finds the data plane closed.
        synchronized(this) { controlPlane }?.close()
    }

    @Synchronized
    private fun controlPlane(): ControlPlane =
        controlPlane ?: ControlPlane(folder, database, dataPlane).also { controlPlane = it }
}
