/** To and from the generated types. They are alike, but nobody outside sees the generated ones. */
package app.ringfence.internal

import app.ringfence.AdviceStep
import app.ringfence.AnswerOption
import app.ringfence.Assessment
import app.ringfence.Call
import app.ringfence.CallReport
import app.ringfence.CallVerdict
import app.ringfence.CallWindow
import app.ringfence.Category
import app.ringfence.DatabaseInfo
import app.ringfence.DatabaseSource
import app.ringfence.Direction
import app.ringfence.ExplainedRule
import app.ringfence.Explanation
import app.ringfence.Failure
import app.ringfence.Finding
import app.ringfence.InstalledApp
import app.ringfence.KindOfCall
import app.ringfence.LoggedCall
import app.ringfence.Mode
import app.ringfence.PhoneAction
import app.ringfence.Presentation
import app.ringfence.Question
import app.ringfence.RemoteTool
import app.ringfence.ReportTexts
import app.ringfence.RingfenceException
import app.ringfence.Rule
import app.ringfence.Settings
import app.ringfence.Span
import app.ringfence.Status
import app.ringfence.Switch
import app.ringfence.Timing
import app.ringfence.Verdict
import app.ringfence.Verification
import app.ringfence.Whom
import app.ringfence.ffi.AdviceStep as FfiAdviceStep
import app.ringfence.ffi.Answer as FfiAnswer
import app.ringfence.ffi.AnswerOption as FfiAnswerOption
import app.ringfence.ffi.Assessment as FfiAssessment
import app.ringfence.ffi.Call as FfiCall
import app.ringfence.ffi.CallReport as FfiCallReport
import app.ringfence.ffi.CallVerdict as FfiCallVerdict
import app.ringfence.ffi.CallWindow as FfiCallWindow
import app.ringfence.ffi.DatabaseSource as FfiDatabaseSource
import app.ringfence.ffi.Direction as FfiDirection
import app.ringfence.ffi.Explanation as FfiExplanation
import app.ringfence.ffi.Finding as FfiFinding
import app.ringfence.ffi.InstalledApp as FfiInstalledApp
import app.ringfence.ffi.KindOfCall as FfiKindOfCall
import app.ringfence.ffi.LoggedCall as FfiLoggedCall
import app.ringfence.ffi.Mode as FfiMode
import app.ringfence.ffi.PhoneAction as FfiPhoneAction
import app.ringfence.ffi.Presentation as FfiPresentation
import app.ringfence.ffi.Question as FfiQuestion
import app.ringfence.ffi.RemoteTool as FfiRemoteTool
import app.ringfence.ffi.ReportTexts as FfiReportTexts
import app.ringfence.ffi.RingfenceException as FfiException
import app.ringfence.ffi.RuleLooked as FfiRuleLooked
import app.ringfence.ffi.Settings as FfiSettings
import app.ringfence.ffi.Span as FfiSpan
import app.ringfence.ffi.Status as FfiStatus
import app.ringfence.ffi.Switch as FfiSwitch
import app.ringfence.ffi.Timing as FfiTiming
import app.ringfence.ffi.Verification as FfiVerification
import app.ringfence.ffi.Whom as FfiWhom

/**
 * The text with U+FFFD for every half surrogate: UTF-8 has none, and the generated code refuses them.
 * One character for one, so that spans stay where they are.
 */
internal fun String.wellFormed(): String {
    var copy: CharArray? = null
    var at = 0
    while (at < length) {
        val pair = this[at].isHighSurrogate() && at + 1 < length && this[at + 1].isLowSurrogate()
        if (!pair && this[at].isSurrogate()) {
            copy = copy ?: toCharArray()
            copy[at] = '\uFFFD'
        }
        at += if (pair) 2 else 1
    }
    return copy?.let { String(it) } ?: this
}

internal fun FfiException.toApi(): RingfenceException {
    val message = message.orEmpty()
    return when (this) {
        is FfiException.Database -> RingfenceException.Database(message)
        is FfiException.Settings -> RingfenceException.Settings(message)
        is FfiException.Storage -> RingfenceException.Storage(message)
        is FfiException.Input -> RingfenceException.Input(message)
        is FfiException.Closed -> RingfenceException.Closed(message)
        is FfiException.Internal -> RingfenceException.Internal(message)
    }
}

/** For what fails before the core can say why. */
internal fun Failure.toException(): RingfenceException = when (this) {
    Failure.CLOSED -> RingfenceException.Closed("this Ringfence is closed: open another one")
    Failure.DATABASE -> RingfenceException.Database(
        "the database could not be opened: look whether it is where it should be, or install the app again",
    )
    Failure.STORAGE -> RingfenceException.Storage(
        "the folder could not be opened: look whether Ringfence may write there, and open it again",
    )
    Failure.TOO_MANY -> RingfenceException.Internal(
        "64 are open: close those that are not used, one for each process is enough",
    )
    Failure.ARGUMENT -> RingfenceException.Input("this is no folder: give an absolute path")
    Failure.INTERNAL, Failure.NONE -> RingfenceException.Internal(
        if (NativeLibrary.loaded) {
            "Ringfence made a mistake: try again, and report it if it comes back"
        } else {
            "the native library is missing or of another version: install the app again"
        },
    )
}

internal fun DatabaseSource.toFfi(): FfiDatabaseSource = when (this) {
    is DatabaseSource.InFile -> FfiDatabaseSource.Path(file.path.wellFormed())
    is DatabaseSource.InDescriptor -> FfiDatabaseSource.Descriptor(descriptor, offset, length)
    is DatabaseSource.Newest ->
        FfiDatabaseSource.Newest(file.path.wellFormed(), asset.descriptor, asset.offset, asset.length)
}

internal fun FfiStatus.toDatabaseInfo() = DatabaseInfo(
    release = release,
    issued = issued,
    length = length,
    formatVersion = formatVersion,
    fingerprint = fingerprint,
    sources = sources,
    generation = generation,
)

internal fun FfiStatus.toStatus() = Status(
    remembered = remembered,
    unreadableSettings = unreadableSettings,
    internalFailures = internalFailures,
)

internal fun Call.toFfi() = FfiCall(
    number = number?.wellFormed(),
    presentation = when (presentation) {
        Presentation.ALLOWED -> FfiPresentation.ALLOWED
        Presentation.RESTRICTED -> FfiPresentation.RESTRICTED
        Presentation.UNKNOWN -> FfiPresentation.UNKNOWN
        Presentation.PAYPHONE -> FfiPresentation.PAYPHONE
    },
    verification = when (verification) {
        Verification.NOT_VERIFIED -> FfiVerification.NOT_VERIFIED
        Verification.PASSED -> FfiVerification.PASSED
        Verification.FAILED -> FfiVerification.FAILED
    },
    direction = when (direction) {
        Direction.INCOMING -> FfiDirection.INCOMING
        Direction.OUTGOING -> FfiDirection.OUTGOING
    },
)

internal fun FfiExplanation.toApi() = Explanation(
    verdict = Verdict(verdict),
    e164 = e164,
    region = region,
    kind = kind,
    title = title,
    advice = advice,
    rules = rules.map { it.toApi() },
)

private fun FfiRuleLooked.toApi() = ExplainedRule(
    rule = Rule.values().firstOrNull { it.id == rule } ?: Rule.NONE,
    matched = matched,
    text = text,
    source = source,
    date = date,
)

internal fun FfiLoggedCall.toApi() = LoggedCall(
    id = id,
    at = at,
    direction = when (direction) {
        FfiDirection.INCOMING -> Direction.INCOMING
        FfiDirection.OUTGOING -> Direction.OUTGOING
    },
    region = region,
    kind = kind,
    verdict = Verdict(verdict),
    title = title,
    advice = advice,
    rules = rules.map { it.toApi() },
    release = release,
)

internal fun Whom.toFfi(): FfiWhom = when (this) {
    is Whom.Number -> FfiWhom.Number(number.wellFormed())
    is Whom.Logged -> FfiWhom.Logged(id)
}

internal fun Settings.toFfi() = FfiSettings(
    mode = when (mode) {
        Mode.GENTLE -> FfiMode.GENTLE
        Mode.STANDARD -> FfiMode.STANDARD
        Mode.STRICT -> FfiMode.STRICT
    },
    home = home?.wellFormed(),
    switches = switches.entries.associate { (category, switch) ->
        category.id to when (switch) {
            Switch.OFF -> FfiSwitch.OFF
            Switch.WARN -> FfiSwitch.WARN
            Switch.SILENCE -> FfiSwitch.SILENCE
            Switch.REJECT -> FfiSwitch.REJECT
        }
    },
    allow = allow.map { it.wellFormed() },
    block = block.map { it.wellFormed() },
    repeatedCall = repeatedCall,
    afterScamHours = afterScamHours,
    callLog = callLog,
)

internal fun FfiSettings.toApi() = Settings(
    mode = when (mode) {
        FfiMode.GENTLE -> Mode.GENTLE
        FfiMode.STANDARD -> Mode.STANDARD
        FfiMode.STRICT -> Mode.STRICT
    },
    home = home,
    switches = Category.values().mapNotNull { category ->
        val switch = when (switches[category.id]) {
            FfiSwitch.OFF -> Switch.OFF
            FfiSwitch.WARN -> Switch.WARN
            FfiSwitch.SILENCE -> Switch.SILENCE
            FfiSwitch.REJECT -> Switch.REJECT
            null -> null
        }
        switch?.let { category to it }
    }.toMap(),
    allow = allow,
    block = block,
    repeatedCall = repeatedCall,
    afterScamHours = afterScamHours,
    callLog = callLog,
)

internal fun CallReport.toFfi() = FfiCallReport(
    note = note.wellFormed(),
    answers = answers.map { FfiAnswer(it.asked.wellFormed(), it.given.wellFormed()) },
    language = language?.wellFormed(),
    textLanguage = textLanguage?.wellFormed(),
    region = region?.wellFormed(),
    caller = caller?.wellFormed(),
    `when` = callTime?.wellFormed(),
)

internal fun FfiAssessment.toApi() = Assessment(
    verdict = when (verdict) {
        FfiCallVerdict.SCAM -> CallVerdict.SCAM
        FfiCallVerdict.UNSURE -> CallVerdict.UNSURE
        FfiCallVerdict.CLEAR -> CallVerdict.CLEAR
    },
    probability = probability,
    script = script?.toApi(),
    alternatives = alternatives.map { it.toApi() },
    genuine = genuine?.toApi(),
    stage = stage,
    redFlags = redFlags.map { it.toApi() },
    actions = actions.map { it.toApi() },
    nextQuestion = nextQuestion?.toApi(),
    advice = advice.map { it.toApi() },
    language = language,
    unknownAnswers = unknownAnswers,
    texts = texts.toApi(),
    textLanguage = textLanguage,
)

private fun FfiKindOfCall.toApi() = KindOfCall(id, title, summary, probability)

private fun FfiFinding.toApi() = Finding(id, title, why, span?.toApi(), weight)

private fun FfiSpan.toApi() = Span(start, end)

private fun FfiQuestion.toApi() = Question(id, text, options.map { it.toApi() })

private fun FfiAnswerOption.toApi() = AnswerOption(id, text)

private fun FfiAdviceStep.toApi() = AdviceStep(id, text, urgent, action?.toApi())

private fun FfiPhoneAction.toApi(): PhoneAction = when (this) {
    is FfiPhoneAction.Dial -> PhoneAction.Dial(number)
    is FfiPhoneAction.OpenSettings -> PhoneAction.OpenSettings(page)
    is FfiPhoneAction.RemoveRemoteTools -> PhoneAction.RemoveRemoteTools
    is FfiPhoneAction.SendText -> PhoneAction.SendText(number)
    is FfiPhoneAction.Report -> PhoneAction.Report(name, phone, url)
    is FfiPhoneAction.OpenPage -> PhoneAction.OpenPage(url)
}

private fun FfiReportTexts.toApi() = ReportTexts(shortCode, authority, bank)

internal fun InstalledApp.toFfi() = FfiInstalledApp(packageName.wellFormed(), installedAt, updatedAt)

internal fun CallWindow.toFfi() = FfiCallWindow(started, ended)

internal fun FfiRemoteTool.toApi() = RemoteTool(
    id = id,
    name = name,
    packageName = packageName,
    timing = when (timing) {
        FfiTiming.DURING_CALL -> Timing.DURING_CALL
        FfiTiming.AFTER_CALL -> Timing.AFTER_CALL
        FfiTiming.UNKNOWN -> Timing.UNKNOWN
        FfiTiming.RECENTLY -> Timing.RECENTLY
        FfiTiming.LONG_AGO -> Timing.LONG_AGO
    },
    byUpdate = byUpdate,
)
