package app.ringfence.fakes

import app.ringfence.Ringfence

/** Stands here until there are interfaces to fake. */
public object FakeRingfence {
    /** As the real one. */
    public val library: String?
        get() = Ringfence.library
}
