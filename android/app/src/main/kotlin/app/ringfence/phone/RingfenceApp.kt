package app.ringfence.phone

import android.app.Application

/** The app. Nothing is opened until somebody asks for it: a call may be why the process starts. */
open class RingfenceApp : Application() {
    /** What everything in the process shares. */
    val parts: Parts by lazy { makeParts() }

    /** Makes [parts]. */
    protected open fun makeParts(): Parts = Parts.ofPhone(this)
}
