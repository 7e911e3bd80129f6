package app.ringfence.phone.check

import app.ringfence.AdviceStep
import app.ringfence.Assessment
import app.ringfence.CallVerdict
import app.ringfence.Finding
import app.ringfence.KindOfCall
import app.ringfence.PhoneAction
import app.ringfence.R
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.ScreenHost
import app.ringfence.phone.ui.Tone

/** What a call looks like, and what to do now. */
internal class ResultPage(
    private val page: Page,
    private val host: ScreenHost,
    private val check: CheckState,
    private val found: CheckScreen.Found,
) {
    /**
     * Puts it on the page.
     *
     * @param again shows it anew.
     * @param tell lets the person tell in their own words.
     * @param askMore goes on with the questions.
     * @param remember remembers the caller.
     * @param block stops the caller's calls.
     */
    fun show(
        again: () -> Unit,
        tell: () -> Unit,
        askMore: () -> Unit,
        remember: (Mark) -> Unit,
        block: () -> Unit,
    ) {
        val assessment = found.assessment
        if (assessment == null) {
            failed()
        } else {
            verdict(assessment)
            comfort(assessment)
            advice(assessment, again)
            reasons(assessment, again)
        }
        if (assessment?.verdict != CallVerdict.CLEAR || check.sure) helper()
        val fine = assessment?.verdict == CallVerdict.CLEAR && !check.sure
        val scam = assessment?.verdict == CallVerdict.SCAM
        CallerCard(page, found.caller, check).result(fine, scam, remember, block)
        if (assessment == null) return
        page.heading(page.words(R.string.check_more_title))
        if (assessment.nextQuestion != null) {
            val unsure = assessment.verdict == CallVerdict.UNSURE
            page.button(page.words(R.string.check_ask_more), if (unsure) Look.MAIN else Look.OTHER) { askMore() }
        }
        page.button(page.words(R.string.check_tell), Look.OTHER) { tell() }
    }

    /** It was not the person's fault: that comes before what is to be done. */
    private fun comfort(assessment: Assessment) {
        assessment.advice.find { it.id == NOT_YOUR_FAULT }?.let { page.text(it.text) }
    }

    /** Somebody who helps, if the person has one. */
    private fun helper() {
        val choices = host.parts.choices
        if (!choices.hasHelper) return
        page.button(page.words(R.string.home_ring_helper, choices.helperName), Look.OTHER) {
            host.leave(Deeds.dialled(choices.helperNumber))
        }
    }

    /** The one step that is safe whatever it was. */
    private fun failed() {
        page.banner(R.drawable.ic_warning, page.words(R.string.check_failed), Tone.CAREFUL)
        safeStep()
    }

    private fun safeStep() {
        page.heading(page.words(R.string.check_now))
        page.card { text(words(R.string.check_safe_step)) }
    }

    private fun verdict(assessment: Assessment) {
        when (assessment.verdict) {
            CallVerdict.SCAM -> {
                val sure = assessment.probability >= VERY_LIKELY
                val words = if (sure) R.string.check_scam_very_likely else R.string.check_scam_likely
                page.banner(R.drawable.ic_stop, page.words(words), Tone.DANGER)
            }
            CallVerdict.UNSURE -> page.banner(R.drawable.ic_question, page.words(feeling(R.string.check_maybe)), Tone.CAREFUL)
            CallVerdict.CLEAR -> {
                val icon = if (check.sure) R.drawable.ic_question else R.drawable.ic_check
                val tone = if (check.sure) Tone.CAREFUL else Tone.GOOD
                page.banner(icon, page.words(feeling(R.string.check_clear)), tone)
            }
        }
        page.text(page.words(howSure(assessment)))
        val kind = if (assessment.verdict == CallVerdict.CLEAR) assessment.genuine else assessment.script
        kind?.takeIf { it.probability >= WORTH_NAMING }?.let { kind(it, assessment.verdict) }
    }

    /** What the person is sure of comes before what we think. */
    private fun feeling(otherwise: Int): Int = if (check.sure) R.string.check_you_are_sure else otherwise

    private fun kind(kind: KindOfCall, verdict: CallVerdict) = page.card {
        heading(kind.title)
        if (verdict == CallVerdict.UNSURE) quiet(words(R.string.check_if_so))
        text(kind.summary)
    }

    /** In how many of calls like this it is so, in words. */
    private fun howSure(assessment: Assessment): Int = when {
        assessment.probability >= 0.97 -> R.string.check_nearly_all
        assessment.probability >= 0.8 -> R.string.check_most
        assessment.probability >= 0.35 -> R.string.check_half
        assessment.probability >= 0.05 -> R.string.check_some
        else -> R.string.check_hardly_any
    }

    private fun advice(assessment: Assessment, again: () -> Unit) {
        if (assessment.verdict == CallVerdict.CLEAR) {
            // Somebody who is sure is not told that there is nothing to do.
            if (check.sure) safeStep()
            else page.card { for (step in assessment.advice) text(step.text) }
            return
        }
        page.heading(page.words(R.string.check_now))
        val deeds = Deeds(host.activity, assessment.texts, found.tools)
        val steps = assessment.advice.filter { it.id != NOT_YOUR_FAULT }
        // Nobody who is frightened takes in more. Where nothing is urgent, what there is comes first.
        val first = steps.filter { it.urgent }.ifEmpty { steps }.take(MOST_AT_ONCE)
        val later = steps - first.toSet()
        first.forEachIndexed { i, step -> step(page, i + 1, step, deeds) }
        if (assessment.advice.any { it.id.startsWith(BANK) } && assessment.texts.bank.isNotEmpty()) {
            val tell = deeds.tellBank()
            page.button(tell.words, Look.OTHER) { host.leave(tell.intent) }
        }
        if (later.isEmpty()) return
        folded(LATER, R.string.check_later_steps, again) {
            later.forEachIndexed { i, step -> step(this, first.size + i + 1, step, deeds) }
        }
    }

    private fun step(page: Page, number: Int, step: AdviceStep, deeds: Deeds) = page.card {
        text(host.activity.getString(R.string.check_step, number, step.text))
        deeds.of(step.action).forEachIndexed { i, deed ->
            val look = if (i == 0 && step.urgent) Look.MAIN else Look.OTHER
            button(deed.words, look) { host.leave(deed.intent) }
        }
        tick(words(R.string.check_done), check.isDone(step.id)) { check.setDone(step.id, it) }
    }

    private fun reasons(assessment: Assessment, again: () -> Unit) {
        if (assessment.redFlags.isEmpty()) return
        folded(REASONS, R.string.check_reasons, again) {
            for (flag in assessment.redFlags) reason(this, flag, again)
        }
    }

    private fun reason(page: Page, flag: Finding, again: () -> Unit) = page.card {
        heading(flag.title)
        flag.span?.let { quiet(words(R.string.check_your_words, it.of(found.note))) }
        text(flag.why)
        button(words(R.string.check_not_so), Look.LINK) {
            check.deny(flag.id)
            again()
        }
    }

    private fun folded(name: String, words: Int, again: () -> Unit, build: Page.() -> Unit) =
        page.folded(
            page.words(words),
            check.isOpen(name),
            {
                check.setOpen(name, it)
                again()
            },
            build,
        )

    private companion object {
        const val LATER = "later"
        const val REASONS = "reasons"

        /** What the ids of steps to the bank begin with. */
        const val BANK = "ring_bank"

        const val NOT_YOUR_FAULT = "not_your_fault"

        /** So many steps are shown at first; the others are folded. */
        const val MOST_AT_ONCE = 4

        /** From this probability on it is said without "probably". */
        const val VERY_LIKELY = 0.9

        /** A kind of call is named from this probability on, as in the texts. */
        const val WORTH_NAMING = 0.2
    }
}
