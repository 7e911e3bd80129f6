package app.ringfence.phone.check

import android.app.KeyguardManager
import android.content.Intent
import app.ringfence.phone.ui.ScreenHost

/** Goes to another app, if need be after the phone was unlocked: nothing opens over the lock screen. */
internal fun ScreenHost.leave(intent: Intent) {
    val guard = activity.getSystemService(KeyguardManager::class.java)
    if (guard == null || !guard.isKeyguardLocked) {
        start(intent)
        return
    }
    guard.requestDismissKeyguard(
        activity,
        object : KeyguardManager.KeyguardDismissCallback() {
            override fun onDismissSucceeded() {
                start(intent)
            }
        },
    )
}
