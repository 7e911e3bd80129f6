package app.ringfence.phone.ui

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import app.ringfence.phone.Parts

/**
 * One screen. It lives as long as it is on the stack; what must outlive the process goes into [state].
 *
 * A subclass has a constructor with just a [Bundle]: the system makes it anew with what was kept.
 *
 * @property state what the screen was given and what it keeps, on this phone only.
 */
abstract class Screen(val state: Bundle) {
    /** Where it is shown; set before anything else is called. */
    lateinit var host: ScreenHost

    /** What everything shares. */
    val parts: Parts get() = host.parts

    /** Its name, shown on top and read out. */
    abstract fun name(): CharSequence

    /** Reads what it shows; called each time it comes to the front. */
    open fun load() = Unit

    /** Puts it on an empty page. */
    abstract fun show(page: Page)

    /** An answer to [ScreenHost.ask]. */
    open fun answered(request: Int, result: Int, data: Intent?) = Unit

    /** Whether whoever shares or records the screen must not see it. */
    open val secret: Boolean get() = false

    /** Whether going back stays inside this screen now: then [back] does it. */
    open val goesBack: Boolean get() = false

    /** Goes back inside this screen. */
    open fun back() = Unit
}

/** What a screen can ask for. To be used on the main thread. */
interface ScreenHost {
    /** What everything shares. */
    val parts: Parts

    /** The activity, for what only an activity can do. */
    val activity: Activity

    /** Goes to another screen. */
    fun go(screen: Screen)

    /** Goes to another screen from which there is no way back. */
    fun replace(screen: Screen)

    /** Goes back; from the first screen, out. */
    fun back()

    /** Shows the screen on top anew, at the same place, or from the top on if it shows something else now. */
    fun refresh(fromTop: Boolean = false)

    /**
     * Does [work] in the background and hands its result to [then] on the main thread, if [screen] is
     * still there. What goes wrong is said to the person.
     */
    fun <T> work(screen: Screen, work: () -> T, then: (T) -> Unit)

    /** Starts another app's activity, and says so if there is none. */
    fun start(intent: Intent): Boolean

    /** Starts another app's activity whose answer comes to [Screen.answered]. */
    fun ask(intent: Intent, request: Int)
}
