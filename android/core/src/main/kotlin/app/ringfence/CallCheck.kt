package app.ringfence

/** The check after a call: was this a scam, and what to do now? */
public interface CallCheck {
    /**
     * Takes what the person wrote and answered, and gives what it looks like, what gives that away,
     * what to do now, and the next question.
     *
     * Start with whatever there is, an empty report too, and go on with
     * [answered][CallReport.answered] as long as there is an [Assessment.nextQuestion].
     *
     * @throws RingfenceException
     */
    public fun check(report: CallReport): Assessment

    /**
     * Programs for remote access among the installed [apps], the most worrying first. Having one
     * means nothing by itself; getting one during a strange [call] means much.
     *
     * @throws RingfenceException
     */
    public fun remoteTools(apps: List<InstalledApp>, call: CallWindow): List<RemoteTool>
}

/**
 * What the person tells about a call.
 *
 * @property note in the person's own words; empty if there are none. Of more than 16,384 bytes only
 * the first are read.
 * @property answers what was answered so far, in any order.
 * @property language the note's language as a tag such as `en`; null if it is not known.
 * @property region where the person is, such as `GB`, for the advice; null if it is not known.
 * @property caller the number that rang, for the texts that can be sent. Nothing else is done with it.
 * @property callTime when the call was, as a person would write it, for the same.
 * @property textLanguage the language to answer in, as a tag such as `de` or `de-AT`, so
 * `Locale.toLanguageTag()` will do; null for English. It has no part in how the note is read.
 */
public data class CallReport(
    val note: String = "",
    val answers: List<Answer> = emptyList(),
    val language: String? = null,
    val region: String? = null,
    val caller: String? = null,
    val callTime: String? = null,
    val textLanguage: String? = null,
) {
    /** This report with an answer to a question, in place of an earlier one. */
    public fun answered(question: Question, option: AnswerOption): CallReport = answered(question.id, option.id)

    /**
     * This report with an answer to the question or about the flag [asked], in place of an earlier
     * one. [given] is the id of an option, or one of [Answer]'s.
     */
    public fun answered(asked: String, given: String): CallReport =
        copy(answers = answers.filter { it.asked != asked } + Answer(asked, given))

    /** Shows nothing of what the person tells. */
    override fun toString(): String =
        "CallReport(note of ${note.length}, ${answers.size} answers, language=$language, region=$region)"
}

/**
 * An answer to a question, or about one flag.
 *
 * @property asked the id of the question or flag.
 * @property given the id of the option; [YES], [NO] or [UNSURE] about a flag. [UNSURE] is an answer
 * to every question.
 */
public data class Answer(val asked: String, val given: String) {
    /** Shows what was asked only. */
    override fun toString(): String = "Answer(asked=$asked)"

    /** Answers that need no option. */
    public companion object {
        /** It was so. */
        public const val YES: String = "yes"

        /** It was not so. */
        public const val NO: String = "no"

        /** The person is not sure. */
        public const val UNSURE: String = "unsure"
    }
}

/**
 * An app on the phone, as Android's `PackageInfo` tells of it. Times may be 0 for unknown.
 *
 * @property packageName the package, such as `com.example.app`.
 * @property installedAt when it was first installed.
 * @property updatedAt when it was last updated.
 */
public data class InstalledApp(val packageName: String, val installedAt: Long = 0, val updatedAt: Long = 0)

/**
 * When a call was. Times may be 0 for unknown.
 *
 * @property started when it started.
 * @property ended when it ended; now, if it goes on.
 */
public data class CallWindow(val started: Long = 0, val ended: Long = 0)

/**
 * A program for remote access that is on the phone.
 *
 * @property id its id, such as `anydesk`.
 * @property name its name.
 * @property packageName the package that is there.
 * @property timing when it came.
 * @property byUpdate whether that is the time of an update, and it may have been there before.
 */
public data class RemoteTool(
    val id: String,
    val name: String,
    val packageName: String,
    val timing: Timing,
    val byUpdate: Boolean = false,
)

/** When an app came, seen from a call; the most worrying first. */
public enum class Timing {
    /** During the call, give or take a minute. */
    DURING_CALL,

    /** Within 24 hours after it. */
    AFTER_CALL,

    /** It is not known when. */
    UNKNOWN,

    /** Within 7 days before the call, or later than 24 hours after it. */
    RECENTLY,

    /** Longer ago. */
    LONG_AGO,
}
