package app.ringfence.phone.screens

import android.content.Intent
import android.os.Bundle
import app.ringfence.R
import app.ringfence.phone.CallScreening
import app.ringfence.phone.selftest.Check
import app.ringfence.phone.selftest.Findings
import app.ringfence.phone.selftest.Line
import app.ringfence.phone.selftest.Makers
import app.ringfence.phone.selftest.Remedy
import app.ringfence.phone.selftest.SelfTest
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone

/** "Is it working?": a line for each thing that can go wrong, with a remedy. The lines are [SelfTest]'s. */
class SelfTestScreen(state: Bundle = Bundle()) : Screen(state) {
    private var found: Findings? = null

    override fun name(): CharSequence = host.activity.getString(R.string.self_test_title)

    override fun load() {
        val context = host.activity.applicationContext
        host.work(this, { Findings.of(context, parts) }) {
            found = it
            host.refresh()
        }
    }

    override fun show(page: Page) {
        val found = found ?: return page.run { text(words(R.string.working)) }
        val lines = SelfTest.lines(found)
        val wrong = lines.count { it.tone != Tone.GOOD }
        if (wrong == 0) {
            page.banner(R.drawable.ic_shield_full, page.words(R.string.test_all_good), Tone.GOOD)
        } else {
            page.text(page.count(R.plurals.test_some_wrong, wrong, wrong))
        }
        lines.filter { it.tone != Tone.GOOD }.forEach { wrong(page, it, found) }
        page.card {
            for (line in lines.filter { it.tone == Tone.GOOD }) {
                point(R.drawable.ic_check, words(line.title), Tone.GOOD, line.text(host.activity, found.now))
            }
        }
        page.heading(page.words(R.string.test_maker_title))
        page.text(page.words(R.string.test_maker_text))
        page.text(page.words(Makers.hint(found.maker)))
        page.button(page.words(Remedy.APP_PAGE.words), Look.OTHER) { Mending.mend(this, Remedy.APP_PAGE) }
    }

    override fun answered(request: Int, result: Int, data: Intent?) {
        if (request == Mending.ROLE) state.putBoolean(REFUSED, !CallScreening.held(host.activity))
    }

    private fun wrong(page: Page, line: Line, found: Findings) {
        page.card(line.tone) {
            point(if (line.tone == Tone.DANGER) R.drawable.ic_stop else R.drawable.ic_warning, words(line.title), line.tone)
            text(line.text(host.activity, found.now))
            var remedy = line.remedy ?: return@card
            if (remedy == Remedy.ASK_ROLE && state.getBoolean(REFUSED)) {
                text(words(R.string.mend_role_refused))
                remedy = Remedy.DEFAULT_APPS
            }
            button(words(remedy.words), if (line.check == Check.ASKED) Look.OTHER else Look.MAIN) { Mending.mend(this@SelfTestScreen, remedy) }
        }
    }

    private companion object {
        const val REFUSED = "refused"
    }
}
