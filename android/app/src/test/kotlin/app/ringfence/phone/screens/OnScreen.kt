package app.ringfence.phone.screens

import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.widget.CompoundButton
import android.widget.EditText
import android.widget.TextView
import app.ringfence.phone.MainActivity
import app.ringfence.phone.ui.Screen
import org.junit.Assert.assertTrue
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

/** The app with a screen on top, as somebody sees and taps it. */
class OnScreen(private val controller: ActivityController<MainActivity>) {
    val activity: MainActivity get() = controller.get()
    val top: Screen get() = activity.top

    /** All words, from top to bottom. */
    val words: List<String> get() = views().filterIsInstance<TextView>().map { it.text.toString() }

    /** All words as one text. */
    val page: String get() = words.joinToString("\n")

    /** What can be chosen and is chosen. */
    val chosen: List<String> get() = views().filterIsInstance<CompoundButton>().filter { it.isChecked }.map { it.text.lines().first() }

    fun says(text: String) = assertTrue("\"$text\" is not on the page:\n$page", text in page)

    fun saysNot(text: String) = assertTrue("\"$text\" is on the page:\n$page", text !in page)

    /** Taps what begins with [text]. */
    fun tap(text: String) {
        val found = views().filter { it.hasOnClickListeners() || it is CompoundButton }
            .firstOrNull { view -> labelOf(view).startsWith(text) }
        checkNotNull(found) { "nothing to tap says \"$text\":\n$page" }.performClick()
        shadowOf(Looper.getMainLooper()).idle()
    }

    fun canTap(text: String): Boolean = views().any { it.hasOnClickListeners() && labelOf(it).startsWith(text) }

    /** Writes into the only field. */
    fun write(text: String) = field.setText(text)

    val field: EditText get() = views().filterIsInstance<EditText>().single()

    /** The phone is turned, or the process was killed and comes back. */
    fun recreate() {
        controller.recreate()
        shadowOf(Looper.getMainLooper()).idle()
    }

    private fun labelOf(view: View): String =
        (view.contentDescription ?: (view as? TextView)?.text ?: "").toString()

    private fun views(): List<View> = below(activity.window.decorView)

    private fun below(view: View): List<View> =
        listOf(view) + ((view as? ViewGroup)?.let { group -> (0 until group.childCount).flatMap { below(group.getChildAt(it)) } } ?: emptyList())

    companion object {
        /** Opens a screen over the first one. */
        fun open(screen: Screen, test: (OnScreen) -> Unit) {
            Robolectric.buildActivity(MainActivity::class.java).use { controller ->
                controller.setup().get().go(screen)
                shadowOf(Looper.getMainLooper()).idle()
                test(OnScreen(controller))
            }
        }
    }
}
