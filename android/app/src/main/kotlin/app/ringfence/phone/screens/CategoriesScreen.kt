package app.ringfence.phone.screens

import android.os.Bundle
import app.ringfence.Category
import app.ringfence.Mode
import app.ringfence.R
import app.ringfence.Settings
import app.ringfence.Switch
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.words.CategoryWords

/** The kinds of calls for which something else can be chosen than what the mode does. */
class CategoriesScreen(state: Bundle = Bundle()) : Screen(state) {
    private var settings: Settings? = null

    override fun name(): CharSequence = host.activity.getString(R.string.categories_title)

    override fun load() = host.work(this, { parts.ringfence.settings.current() }) {
        settings = it
        host.refresh()
    }

    override fun show(page: Page) {
        val settings = settings ?: return
        page.text(page.words(R.string.categories_intro))
        for (category in SWITCHABLE) {
            page.row(page.words(CategoryWords.title(category)), page.chosen(settings.switches[category], settings.mode)) {
                host.go(CategoryScreen.of(category))
            }
        }
    }

    companion object {
        /** Those that speak against a caller and are not the person's own list; the core refuses the others. */
        val SWITCHABLE: List<Category> = listOf(
            Category.FICTION,
            Category.DO_NOT_ORIGINATE,
            Category.SPOOFED,
            Category.IMPOSSIBLE_LENGTH,
            Category.UNALLOCATED,
            Category.HIDDEN,
            Category.UNKNOWN_CALLER_FORMAT,
            Category.ONE_RING,
            Category.PREMIUM_RATE,
            Category.PERSONAL_NUMBER,
            Category.PAGER,
            Category.TELEMARKETING,
            Category.LISTED,
            Category.HOT_BLOCK,
            Category.AFTER_SCAM,
            Category.MARKED_SCAM,
        )
    }
}

/** What is done with calls of one kind. */
class CategoryScreen(state: Bundle) : Screen(state) {
    private var settings: Settings? = null

    private val category: Category
        get() = Category.values().first { it.id == state.getString(CATEGORY) }

    override fun name(): CharSequence = host.activity.getString(CategoryWords.title(category))

    override fun load() = host.work(this, { parts.ringfence.settings.current() }) {
        settings = it
        host.refresh()
    }

    override fun show(page: Page) {
        val settings = settings ?: return
        page.text(page.words(CategoryWords.why(category)))
        val chosen = settings.switches[category]
        for (switch in listOf(null) + Switch.values()) {
            val below = when (switch) {
                Switch.OFF -> page.words(R.string.category_off_what)
                Switch.SILENCE -> page.words(R.string.category_silence_what)
                Switch.REJECT -> page.words(R.string.category_reject_what).takeIf { settings.mode == Mode.GENTLE }
                else -> null
            }
            page.choice(page.chosen(switch, settings.mode), below, chosen == switch) { choose(switch) }
        }
    }

    private fun choose(switch: Switch?) {
        val category = category
        val change = { before: Settings ->
            val others = before.switches - category
            before.copy(switches = if (switch == null) others else others + (category to switch))
        }
        host.work(this, { parts.ringfence.settings.change(change) }) {
            settings = it
            host.refresh()
        }
    }

    companion object {
        private const val CATEGORY = "category"

        /** The choices for a category, one of [CategoriesScreen.SWITCHABLE]. */
        fun of(category: Category): CategoryScreen = CategoryScreen(Bundle().apply { putString(CATEGORY, category.id) })
    }
}

/** The words for a choice; without one the mode's holds. */
private fun Page.chosen(switch: Switch?, mode: Mode): String = when (switch) {
    null -> words(R.string.category_as_mode, words(SettingsScreen.nameOf(mode)))
    Switch.OFF -> words(R.string.category_off)
    Switch.WARN -> words(R.string.category_warn)
    Switch.SILENCE -> words(R.string.category_silence)
    Switch.REJECT -> words(R.string.category_reject)
}
