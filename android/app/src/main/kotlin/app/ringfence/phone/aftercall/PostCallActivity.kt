package app.ringfence.phone.aftercall

import android.app.Activity
import android.content.Intent
import android.media.AudioManager
import android.net.Uri
import android.os.Build
import android.os.Bundle
import android.os.Parcelable
import android.telecom.TelecomManager
import android.util.Log
import app.ringfence.phone.RingfenceApp
import app.ringfence.phone.SeenCall
import app.ringfence.phone.check.CheckActivity
import app.ringfence.phone.notices.Notices
import app.ringfence.phone.screening.CallReader

/**
 * Started when a call has ended, by the system from Android 11 on and by whoever likes. It shows
 * nothing itself, decides at once whether to ask "Was that a scam?", and is gone.
 */
class PostCallActivity : Activity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        try {
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) ended(intent)
        } catch (e: Throwable) {
            // What was sent could not be unpacked, which the system's own can. What it was is not said.
            Log.w(TAG, "not told of a call: " + e.javaClass.simpleName)
        } finally {
            finish()
        }
    }

    private fun ended(intent: Intent) {
        if (intent.action != TelecomManager.ACTION_POST_CALL) return
        val parts = (application as RingfenceApp).parts
        val handle = handle(intent)
        if (handle != null && handle.toString().length > LONGEST) return
        val seen = parts.seenCalls.latest(CallReader.number(handle)) ?: return
        val decision = PostCallDecision.of(
            cause = intent.getIntExtra(TelecomManager.EXTRA_DISCONNECT_CAUSE, NONE),
            duration = intent.getIntExtra(TelecomManager.EXTRA_CALL_DURATION, NONE),
            seen = seen,
            ask = parts.choices.ask,
            protection = parts.choices.protection,
            now = parts.now(),
        )
        if (decision == PostCallDecision.NOTHING || !parts.seenCalls.settle(seen.at)) return
        if (decision == PostCallDecision.ASK) ask(seen) else remember(seen)
    }

    private fun ask(seen: SeenCall) {
        // Some makers let nothing come up by itself; the notice stays until the question is seen.
        Notices(this).ask(seen.at)
        // Whoever is being rung again must see who rings.
        val rings = getSystemService(AudioManager::class.java)?.mode == AudioManager.MODE_RINGTONE
        if (!rings) startActivity(CheckActivity.intent(this, seen.at))
    }

    private fun remember(seen: SeenCall) {
        val parts = (application as RingfenceApp).parts
        parts.background.execute {
            try {
                parts.whom(seen.at)?.let { parts.ringfence.memory.spokenWith(it, parts.now()) }
            } catch (e: Exception) {
                Log.w(TAG, "a call was not remembered: " + e.javaClass.simpleName)
            }
        }
    }

    private fun handle(intent: Intent): Uri? {
        // The newer way fails on Android 13, and this one is enough.
        @Suppress("DEPRECATION")
        return intent.getParcelableExtra<Parcelable>(TelecomManager.EXTRA_HANDLE) as? Uri
    }

    private companion object {
        const val TAG = "RingfenceAfterCall"
        const val NONE = -1

        /** No address of a call that can be read is longer. */
        const val LONGEST = 1024
    }
}
