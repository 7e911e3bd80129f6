package app.ringfence.phone.check

import android.os.Bundle
import android.text.format.DateUtils
import app.ringfence.Answer
import app.ringfence.Assessment
import app.ringfence.CallReport
import app.ringfence.Question
import app.ringfence.R
import app.ringfence.RemoteTool
import app.ringfence.RingfenceException
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone

/**
 * "Was that a scam?": what the person tells of a call, what it looks like, and what to do now. Shown
 * over the lock screen too, so the number is not on it; and to nobody who watches by remote control.
 */
class CheckScreen(state: Bundle = Bundle()) : Screen(state) {
    private val check = CheckState(state)
    private var found: Found? = null

    /** When the call began that this is about, in milliseconds since 1970; null for some call that is not known. */
    val callAt: Long? get() = check.callAt

    override val goesBack: Boolean get() = check.goesBack

    override val secret: Boolean get() = true

    override fun back() {
        check.back()
        show(fromTop = true)
    }

    override fun name(): CharSequence = when (step()) {
        Step.FINE -> words(R.string.check_fine_title)
        Step.TELL -> words(R.string.check_tell_title)
        Step.QUESTIONS -> found?.assessment?.nextQuestion?.text ?: words(R.string.check_title)
        Step.ASK, Step.RESULT -> words(R.string.check_title)
    }

    override fun load() = look { host.refresh() }

    override fun show(page: Page) {
        if (!goesBack) page.title(name())
        val found = found
        RemoteToolCards(page, host, check).show(found?.tools.orEmpty(), quietOnes = step() in QUIET_TOOLS)
        when (step()) {
            Step.ASK -> ask(page, found)
            Step.FINE -> fine(page, found)
            Step.TELL -> tell(page)
            Step.QUESTIONS -> question(page, found)
            Step.RESULT -> result(page, found)
        }
    }

    /** Where the person is; when there is nothing more to ask, at the result. */
    private fun step(): Step {
        val found = found
        val asked = check.step
        return if (asked == Step.QUESTIONS && found != null && found.assessment?.nextQuestion == null) Step.RESULT else asked
    }

    private fun ask(page: Page, found: Found?) {
        // Nothing that is found later may push an answer under the finger.
        if (found == null) return page.quiet(words(R.string.working)).let { }
        check.callAt?.let { about(page, it) }
        page.text(words(R.string.check_ask_text))
        // Red is one thing at a time.
        val red = found.tools.any { it.cameWithCall }
        page.button(words(R.string.check_yes), if (red) Look.OTHER else Look.DANGER) {
            check.sure = true
            check.go(Step.QUESTIONS)
            show(fromTop = true)
            remember(Mark.SCAM)
        }
        page.button(words(R.string.check_unsure), if (red) Look.OTHER else Look.MAIN) {
            check.sure = false
            check.go(Step.QUESTIONS)
            show(fromTop = true)
        }
        page.button(words(R.string.check_no), Look.OTHER) {
            check.sure = false
            check.go(Step.FINE)
            show(fromTop = true)
            remember(Mark.FINE)
        }
        page.button(words(R.string.check_later), Look.LINK) { host.back() }
    }

    /** Which call this is about; opened in the app, the person may mean another one. */
    private fun about(page: Page, at: Long) {
        page.quiet(words(R.string.home_about_call, DateUtils.formatDateTime(host.activity, at, DateUtils.FORMAT_SHOW_TIME)))
        if (host.activity is CheckActivity) return
        page.button(words(R.string.check_other_call), Look.LINK) {
            check.callAt = null
            show(fromTop = true)
        }
    }

    private fun fine(page: Page, found: Found?) {
        page.banner(R.drawable.ic_check, words(R.string.check_fine_banner), Tone.GOOD)
        page.text(words(R.string.check_fine_text))
        if (found != null) CallerCard(page, found.caller, check).fine { remember(it) }
        page.button(words(R.string.check_close)) { close() }
    }

    private fun tell(page: Page) {
        page.text(words(R.string.check_tell_text))
        page.field(words(R.string.check_tell_field), check.note, lines = 6) { check.note = it }
        page.button(words(R.string.check_go_on)) {
            check.tell()
            show(fromTop = true)
        }
    }

    private fun question(page: Page, found: Found?) {
        val question = found?.assessment?.nextQuestion ?: return page.quiet(words(R.string.working)).let { }
        val number = minOf(check.answers.size + 1, MOST_QUESTIONS)
        page.quiet(words(R.string.check_progress, number, MOST_QUESTIONS))
        if (check.mark == Mark.SCAM && check.answers.isEmpty()) {
            page.text(words(R.string.check_remembered_scam), Tone.GOOD)
        }
        for (option in question.options) page.row(option.text) { answered(question, option.id) }
        page.row(words(R.string.check_not_sure)) { answered(question, Answer.UNSURE) }
        page.button(words(R.string.check_tell), Look.OTHER) {
            check.go(Step.TELL)
            show(fromTop = true)
        }
        page.button(words(R.string.check_show_now), Look.LINK) {
            check.go(Step.RESULT)
            show(fromTop = true)
        }
    }

    private fun answered(question: Question, given: String) {
        check.answer(question, given)
        show(fromTop = true)
    }

    private fun result(page: Page, found: Found?) {
        if (found == null) {
            page.quiet(words(R.string.working))
            return
        }
        val result = ResultPage(page, host, check, found)
        result.show(
            again = { show(fromTop = false) },
            tell = {
                check.go(Step.TELL)
                show(fromTop = true)
            },
            askMore = {
                check.go(Step.QUESTIONS)
                show(fromTop = true)
            },
            remember = { remember(it) },
            block = { block(found.caller) },
        )
        page.button(words(R.string.check_close), Look.OTHER) { close() }
    }

    /** Out of the check, wherever in it the person is. */
    private fun close() {
        while (check.goesBack) check.back()
        host.back()
    }

    /** Looks anew and shows what is found. */
    private fun show(fromTop: Boolean) = look { host.refresh(fromTop) }

    /** Finds the programs on the phone and what the person told fits, and then does [then]. */
    private fun look(then: () -> Unit) {
        if (check.shownAt == 0L) check.shownAt = parts.now()
        // As it is now: the person goes on meanwhile.
        val told = CheckState(Bundle(state))
        host.work(this, { find(told) }) {
            found = it
            val came = it.tools.filter { tool -> tool.cameWithCall }
            check.cameWithCall = check.cameWithCall + came.associate { tool -> tool.packageName to tool.name }
            then()
        }
    }

    /** In the background. What fails is left out, since the person needs the rest all the more. */
    private fun find(check: CheckState): Found {
        val caller = tried { Caller.of(parts, check.callAt, check.number) } ?: Caller.NOBODY
        val packages = host.activity.packageManager
        val window = RemoteTools.window(check.callAt, check.shownAt)
        val tools = tried { RemoteTools(packages, parts.ringfence.callCheck).find(window) }.orEmpty()
        val assessment = tried { parts.ringfence.callCheck.check(report(check, caller, tools)) }
        return Found(assessment, tools, caller, check.told)
    }

    private fun <T> tried(what: () -> T): T? = try {
        what()
    } catch (_: RingfenceException) {
        null
    }

    private fun report(check: CheckState, caller: Caller, tools: List<RemoteTool>): CallReport {
        val activity = host.activity
        val when_ = DateUtils.FORMAT_SHOW_DATE or DateUtils.FORMAT_SHOW_TIME or DateUtils.FORMAT_SHOW_WEEKDAY
        val told = CallReport(
            note = check.told,
            answers = check.answers,
            textLanguage = activity.resources.configuration.locales[0].toLanguageTag(),
            region = tried { parts.ringfence.settings.current().home },
            caller = caller.number?.ifEmpty { null },
            callTime = check.callAt?.let { DateUtils.formatDateTime(activity, it, when_) },
        )
        val denied = check.denied.fold(told) { report, flag -> report.answered(flag, Answer.NO) }
        // That one was put on is no question when it is there.
        val came = check.cameWithCall.isNotEmpty() || tools.any { it.cameWithCall }
        return if (came) denied.answered(APP_PUT_ON, Answer.YES) else denied
    }

    private fun remember(mark: Mark) {
        val callAt = check.callAt
        val number = check.number
        val at = callAt ?: parts.now()
        host.work(this, {
            val caller = Caller.of(parts, callAt, number)
            if (caller.whom == null || (mark == Mark.FINE && caller.hidden)) Mark.NONE
            else mark.also { caller.remember(parts, it, at) }
        }) {
            check.mark = it
            show(fromTop = false)
        }
    }

    private fun block(caller: Caller) = host.work(this, { caller.block(parts) }) {
        check.blocked = it
        show(fromTop = false)
    }

    private fun words(id: Int, vararg with: Any): String = host.activity.getString(id, *with)

    /**
     * What was found.
     *
     * @property assessment what the call looks like; null if that could not be told.
     * @property tools the programs for remote access on the phone.
     * @property caller whoever rang.
     * @property note the words that were read.
     */
    internal class Found(
        val assessment: Assessment?,
        val tools: List<RemoteTool>,
        val caller: Caller,
        val note: String,
    )

    companion object {
        /** As many as the core asks. */
        private const val MOST_QUESTIONS = 6

        /** What the person did, if such a program came with the call. */
        private const val APP_PUT_ON = "installed_app"

        private val QUIET_TOOLS = setOf(Step.ASK, Step.RESULT)

        /**
         * The check of a call.
         *
         * @param callAt when it began, in milliseconds since 1970; null for some call that is not known.
         * @param number the number, if the person has just given it.
         */
        fun about(callAt: Long?, number: String? = null): CheckScreen {
            val screen = CheckScreen()
            screen.check.callAt = callAt
            screen.check.number = number
            return screen
        }
    }
}
