package app.ringfence.internal

/** The one native library, which holds both planes. */
internal object NativeLibrary {
    /** Where it is, on machines that are no phone; else the system finds it by its name. */
    private val path: String? = System.getProperty("ringfence.library")?.takeIf { it.isNotEmpty() }

    /** Whether it could be loaded and fits the classes here. */
    val loaded: Boolean = try {
        if (path == null) System.loadLibrary("ringfence") else System.load(path)
        true
    } catch (_: Throwable) {
        // Whatever it is, a call may be waiting.
        false
    }

    /** Makes the control plane, which UniFFI loads by itself, use the same file: both share what is open. */
    fun shareWithControlPlane() {
        path?.let { System.setProperty("uniffi.component.ringfence.libraryOverride", it) }
    }
}
