package app.ringfence.phone.check

import android.os.Bundle
import app.ringfence.Answer
import app.ringfence.Question

/** Where the person is in the check. */
internal enum class Step {
    /** Was that a scam? */
    ASK,

    /** It was fine. */
    FINE,

    /** In their own words. */
    TELL,

    /** One question after another; the result, when there is none left. */
    QUESTIONS,

    /** What it looks like, and what to do now. */
    RESULT,
}

/** What the person told of a call so far, kept in [kept], which outlives the process. */
internal class CheckState(private val kept: Bundle) {
    /** When the call began, in milliseconds since 1970; null for some call that is not known. */
    var callAt: Long?
        get() = kept.getLong(CALL_AT, 0).takeIf { it != 0L }
        set(value) = kept.putLong(CALL_AT, value ?: 0)

    /** The number, if the person has given it. */
    var number: String?
        get() = kept.getString(NUMBER)
        set(value) = kept.putString(NUMBER, value)

    /** When this was first shown, in milliseconds since 1970; 0 if it was not. */
    var shownAt: Long
        get() = kept.getLong(SHOWN_AT, 0)
        set(value) = kept.putLong(SHOWN_AT, value)

    /** What was written so far. */
    var note: String
        get() = kept.getString(NOTE).orEmpty()
        set(value) = kept.putString(NOTE, value.take(LONGEST))

    /** Whether the person is sure that it was a scam. */
    var sure: Boolean
        get() = kept.getBoolean(SURE)
        set(value) = kept.putBoolean(SURE, value)

    /** How the caller is remembered. */
    var mark: Mark
        get() = Mark.values()[kept.getInt(MARK)]
        set(value) = kept.putInt(MARK, value.ordinal)

    /** Whether calls from the number were stopped here. */
    var blocked: Boolean
        get() = kept.getBoolean(BLOCKED)
        set(value) = kept.putBoolean(BLOCKED, value)

    /** Where the person is. */
    val step: Step get() = now.step

    /** What was answered to questions, the first first. */
    val answers: List<Answer> get() = now.answers

    /** What was said to be not so: ids of red flags. */
    val denied: List<String> get() = list(DENIED)

    /** What counts of what was written. */
    val told: String get() = if (now.told) note else ""

    /** Whether going back stays inside. */
    val goesBack: Boolean get() = list(BEFORE).isNotEmpty()

    /** Goes to another step. */
    fun go(step: Step) = move(now.copy(step = step))

    /** Takes an answer, and goes on to the next question. */
    fun answer(question: Question, given: String) =
        move(now.copy(answers = answers.filter { it.asked != question.id } + Answer(question.id, given)))

    /** What is written counts from now on. */
    fun tell() = move(now.copy(step = Step.QUESTIONS, told = note.isNotBlank()))

    /** Goes back to the step before. */
    fun back() {
        val before = list(BEFORE)
        kept.putString(NOW, before.lastOrNull())
        put(BEFORE, before.dropLast(1))
    }

    /** A red flag is not so. */
    fun deny(flag: String) = put(DENIED, denied + flag)

    /** Whether a step of the advice was done. */
    fun isDone(step: String): Boolean = step in list(DONE)

    /** A step of the advice was done, or not. */
    fun setDone(step: String, done: Boolean) = put(DONE, list(DONE) - step + if (done) listOf(step) else emptyList())

    /** Whether something that can be folded is open. */
    fun isOpen(fold: String): Boolean = fold in list(OPEN)

    /** Folds or unfolds something. */
    fun setOpen(fold: String, open: Boolean) = put(OPEN, list(OPEN) - fold + if (open) listOf(fold) else emptyList())

    /** The programs for remote access that came with the call: packages and their names. */
    var cameWithCall: Map<String, String>
        get() = list(TOOLS).associate { it.substringBefore(' ') to it.substringAfter(' ') }
        set(value) = put(TOOLS, value.map { it.key + " " + it.value })

    private val now: Moment get() = kept.getString(NOW)?.let { Moment.parse(it) } ?: Moment()

    private fun move(to: Moment) {
        // A second tap before the next page is there.
        if (to == now) return
        put(BEFORE, (list(BEFORE) + now.line()).takeLast(MOST))
        kept.putString(NOW, to.line())
    }

    private fun list(key: String): List<String> = kept.getStringArrayList(key).orEmpty()

    private fun put(key: String, list: List<String>) = kept.putStringArrayList(key, ArrayList(list))

    /** One moment of the way through the check. */
    private data class Moment(
        val step: Step = Step.ASK,
        val told: Boolean = false,
        val answers: List<Answer> = emptyList(),
    ) {
        fun line(): String = (listOf(step.name, told) + answers.map { it.asked + "=" + it.given }).joinToString(" ")

        companion object {
            fun parse(line: String): Moment {
                val words = line.split(' ')
                val answers = words.drop(2).map { Answer(it.substringBefore('='), it.substringAfter('=')) }
                return Moment(Step.valueOf(words[0]), words[1].toBoolean(), answers)
            }
        }
    }

    private companion object {
        const val CALL_AT = "call_at"
        const val NUMBER = "number"
        const val SHOWN_AT = "shown_at"
        const val NOTE = "note"
        const val SURE = "sure"
        const val MARK = "mark"
        const val BLOCKED = "blocked"
        const val NOW = "now"
        const val BEFORE = "before"
        const val DENIED = "denied"
        const val DONE = "done"
        const val OPEN = "open"
        const val TOOLS = "tools"

        /** So many steps can be gone back. */
        const val MOST = 32

        /** The core reads no more of a note than that, in bytes. */
        const val LONGEST = 16_384
    }
}

/** How the caller is remembered. */
internal enum class Mark {
    /** Not at all. */
    NONE,

    /** As a scam. */
    SCAM,

    /** As fine. */
    FINE,
}
