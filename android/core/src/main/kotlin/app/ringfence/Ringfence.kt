package app.ringfence

/** Stands here until the two planes do. */
public object Ringfence {
    /** Where the native library is, if somebody says so; else the system finds it by its name. */
    public val library: String?
        get() = System.getProperty("ringfence.library")?.takeIf { it.isNotEmpty() }
}
