package app.ringfence.phone.notices

import android.app.NotificationChannel
import android.app.NotificationManager
import android.content.Context
import android.os.Build
import app.ringfence.Action
import app.ringfence.Direction
import app.ringfence.Failure
import app.ringfence.R
import app.ringfence.Rule
import app.ringfence.Verdict
import app.ringfence.phone.Ask

/**
 * A kind of notice about a call, with a channel of its own that people can switch off.
 *
 * @property channel the id of the channel.
 * @param title its name in the system's settings.
 * @param about what it is for.
 * @param importance how much it stands out. None makes a sound or vibrates: the phone rings already,
 * or was to be quiet.
 * @property timeout how long a notice stays, in milliseconds; 0 for until it is put away.
 */
enum class NoticeKind(
    val channel: String,
    private val title: Int,
    private val about: Int,
    private val importance: Int,
    val timeout: Long,
) {
    /** While it rings. */
    WARNING(
        "warning",
        R.string.channel_warning,
        R.string.channel_warning_about,
        NotificationManager.IMPORTANCE_HIGH,
        10 * 60_000L,
    ),

    /** While the person rings somebody. */
    OUTGOING(
        "outgoing",
        R.string.channel_outgoing,
        R.string.channel_outgoing_about,
        NotificationManager.IMPORTANCE_HIGH,
        10 * 60_000L,
    ),

    /** After a call was silenced or rejected. */
    STOPPED(
        "stopped",
        R.string.channel_stopped,
        R.string.channel_stopped_about,
        NotificationManager.IMPORTANCE_LOW,
        0,
    ),

    /** After a stranger's call: on Android 10, and on later ones until the question itself is seen. */
    AFTER(
        "after",
        R.string.channel_after,
        R.string.channel_after_about,
        NotificationManager.IMPORTANCE_LOW,
        2 * 60 * 60_000L,
    ),
    ;

    /** Makes the channel; made already, it gets its name in today's language and stays as the person set it. */
    internal fun makeChannel(context: Context, manager: NotificationManager) {
        val made = NotificationChannel(channel, context.getString(title), importance)
        made.description = context.getString(about)
        made.setSound(null, null)
        made.enableVibration(false)
        made.setShowBadge(this == STOPPED)
        manager.createNotificationChannel(made)
    }

    /** Which calls have one. */
    companion object {
        /** The notice for a call with this [verdict]; null if there is nothing to say. [ask] counts on Android 10. */
        fun of(verdict: Verdict, direction: Direction, ask: Ask): NoticeKind? = when {
            // One notice for every call until the storage has room again would help nobody.
            verdict.failure != Failure.NONE -> null
            direction == Direction.OUTGOING -> OUTGOING.takeIf { verdict.action != Action.ALLOW }
            verdict.action == Action.WARN -> WARNING
            verdict.action != Action.ALLOW -> STOPPED
            asksByNotice() && ask == Ask.STRANGERS && verdict.rule == Rule.NOTHING_KNOWN -> AFTER
            else -> null
        }

        /** Whether only a notice can ask about a call: Android 10 does not tell when one ends. */
        fun asksByNotice(): Boolean = Build.VERSION.SDK_INT < Build.VERSION_CODES.R
    }
}
