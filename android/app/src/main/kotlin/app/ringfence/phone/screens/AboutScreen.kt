package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.R
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone

/** What this is, what it is made of, and what it never does. */
class AboutScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.about_title)

    override fun show(page: Page) = page.run {
        text(words(R.string.about_text))
        fact(words(R.string.about_version), version() ?: words(R.string.about_version_unknown))
        card(Tone.CAREFUL) { text(words(R.string.about_untried)) }
        heading(words(R.string.about_privacy))
        for (line in PRIVACY) point(R.drawable.ic_check, words(line))
        heading(words(R.string.about_licences))
        for (line in LICENCES) text(words(line))
    }

    private fun version(): String? =
        host.activity.packageManager.getPackageInfo(host.activity.packageName, 0).versionName?.takeIf { it.isNotBlank() }

    private companion object {
        val PRIVACY = listOf(
            R.string.about_privacy_internet,
            R.string.about_privacy_contacts,
            R.string.about_privacy_numbers,
            R.string.about_privacy_notes,
            R.string.about_privacy_forget,
        )
        val LICENCES = listOf(
            R.string.about_licence_own,
            R.string.about_licence_kotlin,
            R.string.about_licence_rust,
            R.string.about_licence_data,
        )
    }
}
