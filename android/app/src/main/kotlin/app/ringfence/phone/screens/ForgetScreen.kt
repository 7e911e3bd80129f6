package app.ringfence.phone.screens

import android.app.NotificationManager
import android.os.Bundle
import app.ringfence.R
import app.ringfence.phone.CallScreening
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone

/** Asks whether to forget everything, and does it. */
class ForgetScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.forget_title)

    override fun show(page: Page) = if (state.getBoolean(DONE)) done(page) else question(page)

    private fun question(page: Page) {
        page.banner(R.drawable.ic_warning, page.words(R.string.forget_question), Tone.CAREFUL)
        page.text(page.words(R.string.forget_list))
        page.text(page.words(R.string.forget_after))
        page.button(page.words(R.string.forget_keep)) { host.back() }
        page.button(page.words(R.string.forget_do), Look.OTHER) { forget() }
    }

    private fun forget() {
        val context = host.activity.applicationContext
        val work = {
            parts.seenCalls.forget()
            parts.choices.forget()
            // Who forgets everything knows the app already.
            parts.choices.welcomed = true
            context.getSystemService(NotificationManager::class.java)?.cancelAll()
            parts.ringfence.memory.forgetEverything()
            // Without it no national number is understood, and it says nothing about anybody.
            val home = CallScreening.homeRegion(context)?.takeIf { it in Regions.all }
            home?.also { parts.ringfence.settings.change { settings -> settings.copy(home = home) } }
        }
        host.work(this, work) { home ->
            state.putBoolean(DONE, true)
            state.putString(HOME, home)
            host.refresh()
        }
    }

    private fun done(page: Page) {
        page.banner(R.drawable.ic_check, page.words(R.string.forget_done), Tone.GOOD)
        page.text(page.words(R.string.forget_done_what))
        val home = state.getString(HOME)
        page.text(
            if (home == null) page.words(R.string.forget_done_no_home)
            else page.words(R.string.forget_done_home, Wording(host.activity).country(home)),
        )
        page.button(page.words(R.string.forget_ok)) { host.back() }
    }

    private companion object {
        const val DONE = "done"
        const val HOME = "home"
    }
}
