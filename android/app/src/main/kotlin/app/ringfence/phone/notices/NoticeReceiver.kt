package app.ringfence.phone.notices

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.util.Log
import android.widget.Toast
import app.ringfence.RingfenceException
import app.ringfence.phone.Parts
import app.ringfence.phone.R
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
                parts.main.execute {
                    if (words != R.string.failed_title) Notices(app).remove(at)
                    Toast.makeText(app, words, Toast.LENGTH_LONG).show()
                    pending?.finish()
                }
            }
        } catch (e: RuntimeException) {
            Log.e(TAG, "Not marked: ${e.javaClass.name}")
            pending?.finish()
        }
    }

    /** Marks it, and gives what is to be said. */
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
    } catch (e: RingfenceException) {
        Log.e(TAG, "Not marked: ${e.javaClass.name}")
        R.string.failed_title
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
