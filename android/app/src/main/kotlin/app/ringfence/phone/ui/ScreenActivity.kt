package app.ringfence.phone.ui

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.graphics.Insets
import android.os.Build
import android.os.Bundle
import android.util.Log
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.view.WindowInsets
import android.view.WindowManager
import android.widget.FrameLayout
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.Toast
import android.window.OnBackInvokedCallback
import android.window.OnBackInvokedDispatcher
import app.ringfence.R
import app.ringfence.RingfenceException
import app.ringfence.phone.Parts
import app.ringfence.phone.RingfenceApp

/** An activity with a stack of screens, which outlives turning the phone and the process. */
abstract class ScreenActivity : Activity(), ScreenHost {
    private val stack = ArrayList<Screen>()
    private lateinit var scroll: ScrollView
    private var backCallback: Any? = null

    /** The screen it starts with. */
    protected abstract fun first(intent: Intent): Screen

    override val parts: Parts get() = (application as RingfenceApp).parts
    override val activity: Activity get() = this

    /** The screen that is shown. */
    val top: Screen get() = stack.last()

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        scroll = ScrollView(this)
        scroll.isFillViewport = true
        scroll.clipToPadding = false
        scroll.setOnApplyWindowInsetsListener { view, insets -> keepClear(view, insets) }
        setContentView(scroll)
        restore(savedInstanceState)
        if (stack.isEmpty()) push(first(intent))
    }

    /** A new start of the same activity: begins anew with what [intent] wants. */
    protected fun startOver(intent: Intent) {
        setIntent(intent)
        stack.clear()
        go(first(intent))
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putStringArray(CLASSES, Array(stack.size) { stack[it].javaClass.name })
        stack.forEachIndexed { i, screen -> outState.putBundle(STATE + i, screen.state) }
    }

    override fun go(screen: Screen) {
        push(screen)
        screen.load()
        show(at = 0)
    }

    override fun replace(screen: Screen) {
        if (stack.isNotEmpty()) stack.removeAt(stack.lastIndex)
        go(screen)
    }

    override fun back() {
        if (top.goesBack) return top.back()
        if (stack.size <= 1) return finish()
        stack.removeAt(stack.lastIndex)
        top.load()
        show(at = 0)
    }

    override fun refresh(fromTop: Boolean) = show(if (fromTop) 0 else scroll.scrollY)

    /** Shows the screen on top anew, scrolled to [at]. */
    private fun show(at: Int) {
        val column = Column(this, dp(MOST_WIDE))
        val page = Page(this, column)
        val canGoBack = stack.size > 1 || top.goesBack
        if (canGoBack) header(column)
        title = top.name()
        // Read out when the screen is another one, not each time it is drawn.
        if (top.name() != scroll.accessibilityPaneTitle) scroll.accessibilityPaneTitle = top.name()
        if (top.secret) window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        else window.clearFlags(WindowManager.LayoutParams.FLAG_SECURE)
        top.show(page)
        val readOut = Reading.place(scroll)
        scroll.removeAllViews()
        column.layoutDirection = resources.configuration.layoutDirection
        // Not wider than can be read well.
        val frame = FrameLayout(this)
        val side = dp(20)
        column.setPadding(side, dp(12), side, dp(28))
        val whole = FrameLayout.LayoutParams.MATCH_PARENT
        frame.addView(column, FrameLayout.LayoutParams(whole, ViewGroup.LayoutParams.WRAP_CONTENT, Gravity.CENTER_HORIZONTAL))
        scroll.addView(frame)
        Reading.goOn(scroll, readOut)
        scroll.post { scroll.scrollTo(0, at) }
        handleBack(canGoBack)
    }

    override fun <T> work(screen: Screen, work: () -> T, then: (T) -> Unit) {
        parts.screens.execute {
            val result = try {
                Result.success(work())
            } catch (e: RingfenceException) {
                Result.failure(e)
            } catch (e: RuntimeException) {
                // The process screens calls as well: it must not end for this.
                Log.e(TAG, "A screen could not do its work: ${e.javaClass.name}")
                Result.failure(e)
            }
            parts.main.execute {
                if (!isDestroyed && screen in stack) {
                    result.fold(then) {
                        say(wordsFor(it))
                        // What was tapped may show what was not done.
                        refresh()
                    }
                }
            }
        }
    }

    override fun start(intent: Intent): Boolean = try {
        startActivity(intent)
        true
    } catch (_: ActivityNotFoundException) {
        say(R.string.no_app_for_this)
        false
    } catch (_: SecurityException) {
        say(R.string.no_app_for_this)
        false
    }

    override fun ask(intent: Intent, request: Int) = try {
        startActivityForResult(intent, request)
    } catch (_: ActivityNotFoundException) {
        say(R.string.no_app_for_this)
    }

    override fun onActivityResult(requestCode: Int, resultCode: Int, data: Intent?) =
        top.answered(requestCode, resultCode, data)

    override fun onResume() {
        super.onResume()
        // Somebody may have been in the system's settings meanwhile.
        top.load()
        refresh()
    }

    // The way back until Android 12.
    @Deprecated("Deprecated in Java")
    @Suppress("OVERRIDE_DEPRECATION")
    override fun onBackPressed() = back()

    private fun say(words: Int) = Toast.makeText(this, words, Toast.LENGTH_LONG).show()

    private fun wordsFor(error: Throwable): Int = when (error) {
        is RingfenceException.Database -> R.string.failed_database
        is RingfenceException.Settings -> R.string.failed_settings
        is RingfenceException.Storage -> R.string.failed_storage
        is RingfenceException.Input -> R.string.failed_input
        else -> R.string.failed_internal
    }

    private fun push(screen: Screen) {
        screen.host = this
        stack.add(screen)
    }

    private fun restore(saved: Bundle?) {
        val classes = saved?.getStringArray(CLASSES) ?: return
        try {
            classes.forEachIndexed { i, name ->
                val state = saved.getBundle(STATE + i) ?: Bundle()
                val made = Class.forName(name).getConstructor(Bundle::class.java).newInstance(state)
                push(made as Screen)
            }
        } catch (e: ReflectiveOperationException) {
            // Kept by an earlier version of the app, which had other screens.
            Log.w(TAG, "Screens begin anew: ${e.javaClass.name}")
            stack.clear()
        }
    }

    private fun header(column: LinearLayout) {
        val page = Page(this, column)
        val button = page.button(getString(R.string.back), Look.LINK) { back() }
        val icon = getDrawable(R.drawable.ic_back)?.mutate()
        icon?.setTint(getColor(R.color.accent))
        icon?.setBounds(0, 0, dp(24), dp(24))
        button.setCompoundDrawablesRelative(icon, null, null, null)
        button.compoundDrawablePadding = dp(8)
        page.title(top.name())
    }

    /** Nothing lies under the bars, the camera or the keyboard: from Android 15 on the app fills the screen. */
    private fun keepClear(view: View, insets: WindowInsets): WindowInsets {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            val types = WindowInsets.Type.systemBars() or WindowInsets.Type.displayCutout() or WindowInsets.Type.ime()
            val clear: Insets = insets.getInsets(types)
            view.setPadding(clear.left, clear.top, clear.right, clear.bottom)
            return WindowInsets.CONSUMED
        }
        @Suppress("DEPRECATION")
        view.setPadding(
            insets.systemWindowInsetLeft,
            insets.systemWindowInsetTop,
            insets.systemWindowInsetRight,
            insets.systemWindowInsetBottom,
        )
        @Suppress("DEPRECATION")
        return insets.consumeSystemWindowInsets()
    }

    /** The way back from Android 13 on; on the first screen the system's own, with its animation. */
    private fun handleBack(handle: Boolean) {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) return
        val registered = backCallback as OnBackInvokedCallback?
        if (handle && registered == null) {
            val callback = OnBackInvokedCallback { back() }
            onBackInvokedDispatcher.registerOnBackInvokedCallback(OnBackInvokedDispatcher.PRIORITY_DEFAULT, callback)
            backCallback = callback
        } else if (!handle && registered != null) {
            onBackInvokedDispatcher.unregisterOnBackInvokedCallback(registered)
            backCallback = null
        }
    }

    private fun dp(value: Int): Int = Math.round(value * resources.displayMetrics.density)

    private companion object {
        const val TAG = "RingfenceScreens"
        const val CLASSES = "screens"
        const val STATE = "screen "
        const val MOST_WIDE = 640
    }
}
