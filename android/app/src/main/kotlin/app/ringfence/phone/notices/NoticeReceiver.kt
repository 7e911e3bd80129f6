package app.ringfence.phone.notices

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.util.Log
import android.widget.Toast
import app.ringfence.R
import app.ringfence.RingfenceException
import app.ringfence.phone.Parts
import app.ringfence.phone.RingfenceApp

/** "It was fine", tapped on a notice: the number rings from then on. Nobody but the app can send it. */
class NoticeReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        if (intent.action != FINE) return
        val at = intent.getLongExtra(CALL_AT, 0)
        val app = context.applicationContext as RingfenceApp
        // It is there only while a broadcast is delivered.
        val pending: PendingResult? = goAsync()
        try {
            val parts = app.parts
            parts.background.execute {
                val words = mark(parts, at)
                parts.main.execute { say(app, words, at, pending) }
            }
        } catch (e: Throwable) {
            Log.e(TAG, "Not marked: ${e.javaClass.name}")
            say(app, R.string.failed_title, at, pending)
        }
    }

    /** Marks it, and gives what is to be said. Throws nothing: nobody would catch it. */
    private fun mark(parts: Parts, at: Long): Int = try {
        val whom = parts.whom(at)
        if (whom == null) {
            R.string.notice_forgotten
        } else {
            parts.ringfence.memory.markFine(whom, parts.now())
            parts.seenCalls.settle(at)
            R.string.notice_rings
        }
    } catch (_: RingfenceException.Input) {
        R.string.notice_forgotten
    } catch (e: Throwable) {
        Log.e(TAG, "Not marked: ${e.javaClass.name}")
        R.string.failed_title
    }

    /** What failed can be tried again; else the notice has done its work. */
    private fun say(context: Context, words: Int, at: Long, pending: PendingResult?) {
        if (words != R.string.failed_title) Notices(context).remove(at)
        Toast.makeText(context, words, Toast.LENGTH_LONG).show()
        pending?.finish()
    }

    internal companion object {
        private const val TAG = "RingfenceNotice"
        private const val FINE = "app.ringfence.FINE"
        private const val CALL_AT = "call_at"

        /** Says that the call that began [at] was fine. */
        fun fine(context: Context, at: Long): Intent =
            Intent(context, NoticeReceiver::class.java).setAction(FINE).putExtra(CALL_AT, at)
    }
}
