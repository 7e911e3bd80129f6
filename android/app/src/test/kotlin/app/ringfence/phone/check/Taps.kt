package app.ringfence.phone.check

import android.app.Activity
import android.content.Context
import android.content.pm.ApplicationInfo
import android.content.pm.PackageInfo
import android.os.Bundle
import android.os.Parcel
import android.view.View
import android.view.ViewGroup
import android.widget.CheckBox
import android.widget.EditText
import android.widget.TextView
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowLooper

/** All views of an activity, from top to bottom. */
internal fun Activity.views(): List<View> {
    fun below(view: View): List<View> =
        listOf(view) + if (view is ViewGroup) (0 until view.childCount).flatMap { below(view.getChildAt(it)) } else emptyList()
    return below(window.decorView)
}

/** All that is shown or read out, from top to bottom. */
internal fun Activity.texts(): List<String> = views().flatMap { view ->
    listOfNotNull((view as? TextView)?.text?.toString(), view.contentDescription?.toString(), (view as? TextView)?.hint?.toString())
}.map { it.unmarked() }

/** Without the marks that make English words run from right to left. */
private fun String.unmarked(): String = filter { it !in "\u200f\u202e\u202c" }

/** Whether a text is shown that holds [part]. */
internal fun Activity.shows(part: String): Boolean = texts().any { part in it }

/** Taps what says [words]; the [nth] one of several. */
internal fun Activity.tap(words: String, nth: Int = 0) {
    val found = views().filter { it.hasOnClickListeners() && (it.contentDescription ?: (it as? TextView)?.text)?.toString()?.unmarked() == words }
    check(found.size > nth) { "nothing to tap says \"$words\" among ${texts()}" }
    found[nth].performClick()
    ShadowLooper.idleMainLooper()
}

/** Writes into the field of the screen. */
internal fun Activity.write(words: String) = views().filterIsInstance<EditText>().single().setText(words)

/** What can be ticked. */
internal fun Activity.ticks(): List<CheckBox> = views().filterIsInstance<CheckBox>()

/** The process ends and the system makes the activity anew from what was kept. */
internal fun ActivityController<CheckActivity>.revived(): ActivityController<CheckActivity> {
    val saved = Bundle()
    saveInstanceState(saved).pause().stop().destroy()
    val parcel = Parcel.obtain()
    parcel.writeBundle(saved)
    parcel.setDataPosition(0)
    val kept = checkNotNull(parcel.readBundle(CheckActivity::class.java.classLoader))
    parcel.recycle()
    return Robolectric.buildActivity(CheckActivity::class.java, intent).setup(kept)
}

/** Puts an app on the phone. */
internal fun install(context: Context, name: String, at: Long, updated: Long = at) {
    val info = PackageInfo()
    info.packageName = name
    info.applicationInfo = ApplicationInfo().also { it.packageName = name }
    info.firstInstallTime = at
    info.lastUpdateTime = updated
    shadowOf(context.packageManager).installPackage(info)
}

/** From a question: tells these words, and looks at the result. */
internal fun Activity.tell(words: String) {
    tap("Tell it in your own words")
    write(words)
    tap("Go on")
    if (!shows("This caller")) tap("Show me what to do now")
}
