package app.ringfence.phone.screens

import android.os.Bundle
import android.text.InputType
import app.ringfence.R
import app.ringfence.RingfenceException
import app.ringfence.Settings
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone

/** Who always rings, or who never does: one of the person's two lists. */
class ListScreen(state: Bundle) : Screen(state) {
    private var settings: Settings? = null

    private val allowed: Boolean get() = state.getBoolean(ALLOWED)
    private val typed: String get() = state.getString(TYPED).orEmpty()

    override fun name(): CharSequence =
        host.activity.getString(if (allowed) R.string.allow_title else R.string.block_title)

    override fun load() = host.work(this, { parts.ringfence.settings.current() }) {
        settings = it
        host.refresh()
    }

    override fun show(page: Page) {
        page.text(page.words(if (allowed) R.string.allow_what else R.string.block_what))
        page.field(page.words(R.string.list_number), typed, type = InputType.TYPE_CLASS_PHONE) { state.putString(TYPED, it) }
        page.quiet(page.words(R.string.list_hint))
        state.getInt(REFUSED).takeIf { it != 0 }?.let { page.text(page.words(WHY_REFUSED[it - 1]), Tone.CAREFUL) }
        page.button(page.words(R.string.list_add)) { add() }
        val entries = listOf(settings ?: return)
        page.heading(page.words(R.string.list_on_it))
        if (entries.isEmpty()) page.text(page.words(if (allowed) R.string.allow_empty else R.string.block_empty))
        for (entry in entries) entry(page, entry)
    }

    private fun entry(page: Page, entry: String) {
        val shown = shown(page, entry)
        page.card {
            text(shown)
            button(words(R.string.list_remove), Look.LINK) { remove(entry) }.contentDescription = words(R.string.list_remove_what, shown)
        }
    }

    /** An entry in words. */
    private fun shown(page: Page, entry: String): String {
        val wording = Wording(host.activity)
        return when {
            entry.startsWith(REGION) -> page.words(R.string.list_region, wording.country(entry.removePrefix(REGION)))
            entry.startsWith(KIND) -> page.words(R.string.list_kind, page.words(wording.kind(entry.removePrefix(KIND))))
            entry.endsWith(STAR) -> page.words(R.string.list_prefix, wording.number(entry.removeSuffix(STAR)))
            else -> wording.number(entry)
        }
    }

    private fun add() {
        val prefix = typed.trim().endsWith(STAR)
        // The core takes the beginning of a number in its international form only.
        val entry = if (prefix) typed.filter { it.isDigit() || it in "+*" } else typed.trim()
        if (entry.isEmpty()) return refuse(R.string.list_refused)
        val added = {
            try {
                addOnce(entry)
            } catch (_: RingfenceException.Settings) {
                if (prefix) R.string.list_refused_prefix else R.string.list_refused
            }
        }
        host.work(this, added) { refused ->
            if (refused != null) refuse(refused) else taken()
        }
    }

    /** Adds it, or gives why it is not added. */
    private fun addOnce(entry: String): Int? {
        val store = parts.ringfence.settings
        val kept = store.change { with(it, listOf(it) + entry) }
        // However it was written, this is how it is kept.
        val added = listOf(kept).last()
        val refused = when (added) {
            in listOf(kept).dropLast(1) -> R.string.list_there
            // The list of who always rings would win, and the person would wonder.
            in if (allowed) kept.block else kept.allow -> R.string.list_elsewhere
            else -> return null
        }
        store.change { with(it, listOf(it).dropLast(1)) }
        return refused
    }

    private fun taken() {
        state.putString(TYPED, "")
        state.putInt(REFUSED, 0)
        load()
    }

    private fun refuse(why: Int) {
        state.putInt(REFUSED, WHY_REFUSED.indexOf(why) + 1)
        host.refresh()
    }

    private fun remove(entry: String) = host.work(this, { parts.ringfence.settings.change { with(it, listOf(it) - entry) } }) {
        settings = it
        host.refresh()
    }

    private fun listOf(settings: Settings): List<String> = if (allowed) settings.allow else settings.block

    private fun with(settings: Settings, list: List<String>): Settings =
        if (allowed) settings.copy(allow = list) else settings.copy(block = list)

    companion object {
        private const val ALLOWED = "allowed"
        private const val TYPED = "typed"
        private const val REFUSED = "refused"
        private const val REGION = "region:"
        private const val KIND = "kind:"
        private const val STAR = "*"

        /** Ids of resources may be others after an update, so the state holds a place in this list. */
        private val WHY_REFUSED = listOf(
            R.string.list_refused,
            R.string.list_refused_prefix,
            R.string.list_there,
            R.string.list_elsewhere,
        )

        /** Who always rings. */
        fun ofAllowed(): ListScreen = ListScreen(Bundle().apply { putBoolean(ALLOWED, true) })

        /** Who never rings. */
        fun ofBlocked(): ListScreen = ListScreen(Bundle())
    }
}
