package app.ringfence.phone.screens

import android.os.Bundle
import android.widget.LinearLayout
import app.ringfence.R
import app.ringfence.phone.CallScreening
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import java.text.Collator
import java.text.Normalizer
import java.util.Locale

/** The country whose numbers are understood as people there write them. */
class HomeRegionScreen(state: Bundle = Bundle()) : Screen(state) {
    private var home: String? = null

    override fun name(): CharSequence = host.activity.getString(R.string.home_title)

    override fun load() = host.work(this, { parts.ringfence.settings.current().home }) {
        home = it
        host.refresh()
    }

    override fun show(page: Page) {
        page.text(page.words(R.string.home_why))
        val found = LinearLayout(host.activity)
        page.field(page.words(R.string.home_search), state.getString(SEARCH).orEmpty()) {
            state.putString(SEARCH, it)
            // Not the whole page, or the field would lose the keyboard.
            found.removeAllViews()
            fill(Page(host.activity, found), it)
        }
        page.add(found, above = 8)
        fill(Page(host.activity, found), state.getString(SEARCH).orEmpty())
    }

    private fun fill(page: Page, search: String) {
        val wording = Wording(host.activity)
        val names = Regions.all.associateWith { wording.country(it) }
        val likely = listOfNotNull(home, CallScreening.homeRegion(host.activity))
        val order = Collator.getInstance(wording.locale)
        val all = names.keys.sortedWith { a, b -> order.compare(names[a], names[b]) }
        val matching = (likely.filter { it in names } + all).distinct().filter { matches(names.getValue(it), search) }
        val shown = if (state.getBoolean(ALL)) matching else matching.take(if (search.isBlank()) FEW else MANY)
        for (region in shown) {
            page.choice(names.getValue(region), chosen = region == home) { choose(region) }
        }
        if (matching.isEmpty()) page.text(page.words(R.string.home_none_found))
        if (shown.size < matching.size) {
            page.button(page.words(R.string.home_all), Look.OTHER) {
                state.putBoolean(ALL, true)
                host.refresh()
            }
        }
    }

    private fun choose(region: String) = host.work(this, { parts.ringfence.settings.change { it.copy(home = region) } }) {
        host.back()
    }

    private fun matches(name: String, search: String): Boolean = plain(search.trim()) in plain(name)

    /** Without accents and capitals: who looks for "reunion" finds "Réunion". */
    private fun plain(text: String): String =
        Normalizer.normalize(text, Normalizer.Form.NFD).filter { Character.getType(it) != MARK }.lowercase(Locale.ROOT)

    private companion object {
        const val SEARCH = "search"
        const val ALL = "all"

        /** How many are shown before anything is typed. */
        const val FEW = 8

        /** And after that: fast enough for every letter. */
        const val MANY = 30
        const val MARK = Character.NON_SPACING_MARK.toInt()
    }
}

/** The regions whose numbers the database knows. */
object Regions {
    /** Those with numbers of their own: without uninhabited ones, and with three that have no ISO code. */
    val all: Set<String> by lazy {
        Locale.getISOCountries().toSet() - setOf("AQ", "BV", "GS", "HM", "PN", "TF", "UM") + setOf("AC", "TA", "XK")
    }
}
