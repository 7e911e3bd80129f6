package app.ringfence.phone.screening

import android.telecom.Call.Details
import android.telecom.CallScreeningService
import android.util.Log
import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.Failure
import app.ringfence.Verdict
import app.ringfence.phone.Parts
import app.ringfence.phone.RingfenceApp
import app.ringfence.phone.notices.Notices

/**
 * What the system asks about each call while the phone does not ring yet. It hears one answer, at
 * once; whatever goes wrong, the phone rings.
 *
 * Before the answer nothing is read or written but what opening the core and reading one switch take.
 * Outgoing calls are answered by the framework itself: they are only watched.
 */
class ScreeningService : CallScreeningService() {
    override fun onScreenCall(details: Details) {
        // First of all: whoever says "it did not block" finds here whether it was asked.
        Log.i(TAG, "The system asks about a call")
        val incoming = details.callDirection != Details.DIRECTION_OUTGOING
        val answer = Answer { respondToCall(details, it) }
        try {
            if (incoming) answer.watch()
            screen(details, answer, incoming)
        } catch (e: Throwable) {
            Log.e(TAG, "Screening failed: ${e.javaClass.name}")
        } finally {
            if (incoming) answer.give(Action.ALLOW)
        }
    }

    private fun screen(details: Details, answer: Answer, incoming: Boolean) {
        // Opens the core with the first call of a process.
        val parts = (application as RingfenceApp).parts
        val at = parts.now()
        if (!parts.choices.protection) {
            if (incoming) answer.give(Action.ALLOW)
            parts.background.execute { quietly("asked") { parts.choices.lastAsked = at } }
            return
        }
        val call = CallReader.call(details)
        val verdict = try {
            parts.ringfence.screener.screen(call, at)
        } catch (e: Throwable) {
            Log.e(TAG, "The core failed: ${e.javaClass.name}")
            Verdict(Action.ALLOW, failure = Failure.INTERNAL)
        }
        val heard = !incoming || answer.give(verdict.action)
        val how = if (!incoming) "Outgoing" else if (heard) "Answered" else "Too late"
        val why = if (verdict.failure == Failure.NONE) verdict.rule.id else "failure: ${verdict.failure.id}"
        Log.i(TAG, "$how: ${verdict.action.id} by $why")
        parts.background.execute { keep(parts, call, if (heard) verdict else rang(verdict), at) }
    }

    /** What is left to do once the phone has its answer. One step that fails does not hinder the next. */
    private fun keep(parts: Parts, call: Call, verdict: Verdict, at: Long) {
        val hasNumber = !call.number.isNullOrEmpty()
        quietly("notice") {
            Notices(application).show(verdict, call.direction, at, hasNumber, parts.choices.ask)
        }
        quietly("seen") { parts.seenCalls.add(call.number, call.direction, verdict, at) }
        quietly("asked") { parts.choices.lastAsked = at }
        quietly("record") {
            val failure = parts.ringfence.screener.record(call, at)
            if (failure != Failure.NONE) Log.w(TAG, "Not recorded: ${failure.id}")
        }
    }

    /** [verdict] for a call that rang because the answer came too late. */
    private fun rang(verdict: Verdict) = Verdict(
        action = minOf(verdict.action, Action.WARN),
        rule = verdict.rule,
        category = verdict.category,
        confidence = verdict.confidence,
        failure = verdict.failure,
        generation = verdict.generation,
    )

    /** Nobody would catch what this thread throws, and the process would end. */
    private inline fun quietly(step: String, work: () -> Unit) = try {
        work()
    } catch (e: Throwable) {
        Log.e(TAG, "After the answer, $step: ${e.javaClass.name}")
        Unit
    }

    internal companion object {
        const val TAG = "RingfenceScreening"
    }
}
