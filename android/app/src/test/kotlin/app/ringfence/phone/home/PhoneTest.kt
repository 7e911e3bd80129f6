package app.ringfence.phone.home

import android.app.Activity
import android.app.NotificationManager
import android.app.role.RoleManager
import android.content.Intent
import android.view.View
import android.view.ViewGroup
import android.widget.CompoundButton
import android.widget.EditText
import android.widget.TextView
import app.ringfence.Call
import app.ringfence.Failure
import app.ringfence.phone.AppTest
import app.ringfence.phone.MainActivity
import app.ringfence.phone.Parts
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowLooper

/** A phone whose role, notifications and files a test sets, and the app on it as somebody taps it. */
// Robolectric has nothing newer for roles.
@Suppress("DEPRECATION")
abstract class PhoneTest : AppTest() {
    private val roles get() = shadowOf(context.getSystemService(RoleManager::class.java))

    /** The phone lets apps check calls, and this app may. */
    fun holdRole() {
        offerRole()
        roles.addHeldRole(RoleManager.ROLE_CALL_SCREENING)
    }

    /** The phone lets apps check calls; none does. */
    fun offerRole() = roles.addAvailableRole(RoleManager.ROLE_CALL_SCREENING)

    fun loseRole() {
        roles.removeHeldRole(RoleManager.ROLE_CALL_SCREENING)
        offerRole()
    }

    fun allowNotices(allow: Boolean) = shadowOf(context.getSystemService(NotificationManager::class.java)).setNotificationsEnabled(allow)

    /** A phone on which all is well, after the first run. */
    fun protectedPhone() {
        holdRole()
        allowNotices(true)
        british()
        parts.choices.welcomed = true
    }

    /** A call that rang [hours] ago. */
    fun rang(number: String?, hours: Long) {
        assertEquals(Failure.NONE, parts.ringfence.screener.record(Call(number), app.now - hours * HOUR))
    }

    /** Breaks a file of the core; to be done before anything else is. */
    fun breakSettings() {
        val folder = Parts.folder(context.createDeviceProtectedStorageContext())
        folder.mkdirs()
        folder.resolve("settings.json").writeText("{ no settings")
    }

    /** The app as it is opened. */
    fun opened(intent: Intent? = null, test: (Driven) -> Unit) {
        Robolectric.buildActivity(MainActivity::class.java, intent ?: Intent(Intent.ACTION_MAIN)).use { controller ->
            controller.setup()
            ShadowLooper.idleMainLooper()
            test(Driven(controller))
        }
    }

    companion object {
        const val HOUR = 60 * 60 * 1000L
        const val FAKED = "07700 900123"
        const val PAGER = "07600 123456"
        const val STRANGER = "07400 123456"
    }
}

/** The app in the hands of somebody. */
class Driven(val controller: ActivityController<MainActivity>) {
    val activity: MainActivity get() = controller.get()
    val top get() = activity.top

    /** All that can be read, from top to bottom. */
    val texts: List<String> get() = activity.views().filterIsInstance<TextView>().map { it.text.toString() }.filter { it.isNotEmpty() }

    fun says(text: String) = assertTrue("\"$text\" is not among $texts", texts.any { text in it })

    fun saysNot(text: String) = assertTrue("\"$text\" is among $texts", texts.none { text in it })

    /** Taps what says [text]. */
    fun tap(text: String) {
        val found = activity.views().filter { it.hasOnClickListeners() || it is CompoundButton }
            .firstOrNull { view -> (view.contentDescription ?: (view as? TextView)?.text).toString().lines().first() == text }
        checkNotNull(found) { "nothing to tap says \"$text\" among $texts" }.performClick()
        ShadowLooper.idleMainLooper()
    }

    /** What can be switched or chosen. */
    fun choice(text: String): CompoundButton =
        activity.views().filterIsInstance<CompoundButton>().first { it.text.lines().first() == text }

    fun write(nth: Int, text: String) = activity.views().filterIsInstance<EditText>()[nth].setText(text)

    /** Somebody was elsewhere and comes back. */
    fun comeBack() {
        controller.pause().resume()
        ShadowLooper.idleMainLooper()
    }

    fun rotate() {
        controller.recreate()
        ShadowLooper.idleMainLooper()
    }

    /** What was started last. */
    fun started(): Intent? = shadowOf(activity).nextStartedActivity
}

/** All views, from top to bottom. */
internal fun Activity.views(): List<View> {
    fun below(view: View): List<View> =
        listOf(view) + if (view is ViewGroup) (0 until view.childCount).flatMap { below(view.getChildAt(it)) } else emptyList()
    return below(checkNotNull(findViewById<View>(android.R.id.content)))
}
