package app.ringfence.phone.check

import app.ringfence.R
import app.ringfence.RemoteTool
import app.ringfence.Timing
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.ScreenHost
import app.ringfence.phone.ui.Tone

/** The programs for remote access on the phone: in red if they came with the call. */
internal class RemoteToolCards(private val page: Page, private val host: ScreenHost, private val check: CheckState) {
    /** Shows those of [tools], the others only if [quietOnes]; and says which of them are gone. */
    fun show(tools: List<RemoteTool>, quietOnes: Boolean) {
        val there = tools.map { it.packageName }
        tools.filter { it.cameWithCall }.forEach { red(it) }
        for ((packageName, name) in check.cameWithCall) if (packageName !in there) gone(name)
        if (quietOnes) tools.filterNot { it.cameWithCall }.forEach { quiet(it) }
    }

    private fun red(tool: RemoteTool) = page.card(Tone.DANGER) {
        heading(words(headline(tool), tool.name), Tone.DANGER)
        text(words(R.string.check_tool_text))
        val remove = Deeds(host.activity).remove(tool)
        button(remove.words, Look.DANGER) { host.leave(remove.intent) }
    }

    private fun headline(tool: RemoteTool): Int = when {
        check.callAt == null -> R.string.check_tool_today
        tool.timing == Timing.AFTER_CALL -> R.string.check_tool_after
        tool.byUpdate -> R.string.check_tool_updated
        else -> R.string.check_tool_during
    }

    private fun gone(name: String) = page.card(Tone.GOOD) {
        heading(words(R.string.check_tool_gone, name), Tone.GOOD)
        text(words(R.string.check_tool_gone_text))
    }

    private fun quiet(tool: RemoteTool) {
        page.quiet(page.words(R.string.check_tool_quiet, tool.name))
        val remove = Deeds(host.activity).remove(tool)
        page.button(remove.words, Look.LINK) { host.leave(remove.intent) }
    }
}
