package app.ringfence

/**
 * What a check found.
 *
 * @property verdict was it a scam?
 * @property probability the probability that it was one, 0 to 1.
 * @property script the likeliest scam; null if the verdict is clear.
 * @property alternatives the next scams, the likeliest first.
 * @property genuine the likeliest kind of genuine call.
 * @property stage how far the call got in the scam.
 * @property redFlags what gives it away, the weightiest first.
 * @property actions what the person did.
 * @property nextQuestion the question most worth asking now; null if nothing is.
 * @property advice what to do now, the most urgent first.
 * @property language the language the note was read in, such as `en`.
 * @property unknownAnswers what was asked in answers that this database does not know and that were
 * passed over: it may have been replaced since the question was put.
 * @property texts texts ready to be sent.
 * @property textLanguage the language of titles, reasons, summaries, questions and advice, such as
 * `en`: the one asked for, if the database has it. A single text that it does not have in this
 * language is in English, as are [stage] and [texts] always.
 */
public data class Assessment(
    val verdict: CallVerdict,
    val probability: Double,
    val script: KindOfCall? = null,
    val alternatives: List<KindOfCall> = emptyList(),
    val genuine: KindOfCall? = null,
    val stage: String? = null,
    val redFlags: List<Finding> = emptyList(),
    val actions: List<Finding> = emptyList(),
    val nextQuestion: Question? = null,
    val advice: List<AdviceStep> = emptyList(),
    val language: String = "en",
    val unknownAnswers: List<String> = emptyList(),
    val texts: ReportTexts = ReportTexts(),
    val textLanguage: String = "en",
) {
    /** Shows neither what was found nor any text. */
    override fun toString(): String = "Assessment(verdict=$verdict, language=$language)"
}

/** Was it a scam? */
public enum class CallVerdict {
    /** It was one. */
    SCAM,

    /** It may have been one: a safe next step is due. */
    UNSURE,

    /** Nothing speaks for one. */
    CLEAR,
}

/**
 * A kind of call.
 *
 * @property id its id, such as `amazon_prime_renewal`.
 * @property title its name.
 * @property summary how such a call goes.
 * @property probability its probability among all kinds, 0 to 1.
 */
public data class KindOfCall(val id: String, val title: String, val summary: String, val probability: Double)

/**
 * Something that was found in the call.
 *
 * @property id its id, such as `remote_access_request`.
 * @property title what it is, said to the person.
 * @property why what it means.
 * @property span the words of the note that show it; null if an answer did.
 * @property weight how much it speaks for a scam: the natural logarithm of how much likelier it is
 * in scams. 0 for what the person did.
 */
public data class Finding(
    val id: String,
    val title: String,
    val why: String,
    val span: Span? = null,
    val weight: Double = 0.0,
)

/**
 * A part of a note: `note.substring(start, end)`.
 *
 * @property start the index of the first character.
 * @property end the index after the last.
 */
public data class Span(val start: Int, val end: Int) {
    /** The words there in [note], which must be the one that was checked. */
    public fun of(note: String): String = note.substring(start, end)
}

/**
 * A question to be answered by tapping. "Not sure" is always possible: [Answer.UNSURE].
 *
 * @property id its id.
 * @property text the question.
 * @property options what can be tapped, 2 to 7.
 */
public data class Question(val id: String, val text: String, val options: List<AnswerOption>)

/**
 * Something to tap.
 *
 * @property id its id.
 * @property text what it says.
 */
public data class AnswerOption(val id: String, val text: String)

/**
 * Something to do now.
 *
 * @property id its id, such as `ring_bank`.
 * @property text what to do.
 * @property urgent whether it is for right now.
 * @property action what the phone can do for it.
 */
public data class AdviceStep(
    val id: String,
    val text: String,
    val urgent: Boolean = false,
    val action: PhoneAction? = null,
)

/** What the phone can do for a step. */
public sealed interface PhoneAction {
    /**
     * Ring a number.
     *
     * @property number as dialled in the country.
     */
    public data class Dial(val number: String) : PhoneAction

    /**
     * Open the phone's settings.
     *
     * @property page which: `wifi`, `apps`, `airplane_mode` or `call_blocking`. Later databases may
     * know more: leave those out.
     */
    public data class OpenSettings(val page: String) : PhoneAction

    /** Find programs for remote access, see [CallCheck.remoteTools], and offer to remove them. */
    public data object RemoveRemoteTools : PhoneAction

    /**
     * Send [ReportTexts.shortCode] to a short number.
     *
     * @property number the number, such as `7726`.
     */
    public data class SendText(val number: String) : PhoneAction

    /**
     * Share [ReportTexts.authority] with those who take reports in the country.
     *
     * @property name who they are.
     * @property phone their number, as dialled in the country.
     * @property url their page.
     */
    public data class Report(val name: String, val phone: String? = null, val url: String? = null) : PhoneAction

    /**
     * Open a page.
     *
     * @property url its address.
     */
    public data class OpenPage(val url: String) : PhoneAction
}

/**
 * Texts about the call, ready to be sent. They hold nothing but what the person told and what was
 * found.
 *
 * @property shortCode one line for the phone company's short number, such as 7726.
 * @property authority for those who take reports, with the person's own words.
 * @property bank for the bank: what was done and what it should do, without the person's own words.
 */
public data class ReportTexts(val shortCode: String = "", val authority: String = "", val bank: String = "") {
    /** Shows none of them. */
    override fun toString(): String = "ReportTexts"
}
