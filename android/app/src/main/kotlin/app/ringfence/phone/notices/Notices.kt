package app.ringfence.phone.notices

import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.graphics.drawable.Icon
import android.os.Build
import app.ringfence.Action
import app.ringfence.Category
import app.ringfence.Direction
import app.ringfence.R
import app.ringfence.Verdict
import app.ringfence.phone.Ask
import app.ringfence.phone.MainActivity
import app.ringfence.phone.check.CheckActivity
import app.ringfence.phone.words.CategoryWords

/**
 * What is said about a call in the status bar and on the lock screen. No notice holds a number, so
 * whoever holds the phone may read it.
 *
 * Without the permission for notices nothing is shown and nothing breaks.
 */
class Notices(private val context: Context) {
    private val manager: NotificationManager? = context.getSystemService(NotificationManager::class.java)

    /**
     * Says about the call that began [at] what is to be said, if anything.
     *
     * @param hasNumber whether it showed a number, which can then be marked as fine.
     * @param ask after which calls the person wants to be asked.
     */
    fun show(verdict: Verdict, direction: Direction, at: Long, hasNumber: Boolean, ask: Ask) {
        val kind = NoticeKind.of(verdict, direction, ask) ?: return
        val asked = kind == NoticeKind.WARNING && NoticeKind.asksByNotice() && ask != Ask.NEVER
        // There the warning is what asks after the call, too.
        val timeout = if (asked) NoticeKind.AFTER.timeout else kind.timeout
        put(kind, at, timeout) { notice ->
            when (kind) {
                NoticeKind.WARNING -> warning(notice, verdict.category, at)
                NoticeKind.OUTGOING -> outgoing(notice, verdict.category, at)
                NoticeKind.STOPPED -> stopped(notice, verdict, at, hasNumber)
                NoticeKind.AFTER -> after(notice, at)
            }
        }
    }

    /** Asks about the call that began [at], which has ended, in case nothing can come up by itself. */
    fun ask(at: Long) = put(NoticeKind.AFTER, at, NoticeKind.AFTER.timeout) { after(it, at) }

    /** Takes away what was said about the call that began [at]. */
    fun remove(at: Long) {
        manager?.cancel(tag(at), ID)
    }

    /** Puts up a notice about the call that began [at]. [fill] says what it says. */
    private fun put(kind: NoticeKind, at: Long, timeout: Long, fill: (Notification.Builder) -> Unit) {
        val manager = manager ?: return
        kind.makeChannel(context, manager)
        makeRoom(manager)
        val notice = Notification.Builder(context, kind.channel)
            .setSmallIcon(R.drawable.ic_shield)
            .setWhen(at)
            // While the phone rings, the headline needs the room; folded, they share a line.
            .setShowWhen(kind == NoticeKind.STOPPED || kind == NoticeKind.AFTER)
            .setVisibility(Notification.VISIBILITY_PUBLIC)
            .setAutoCancel(true)
        fill(notice)
        if (timeout > 0) notice.setTimeoutAfter(timeout)
        manager.notify(tag(at), ID, notice.build())
    }

    private fun warning(notice: Notification.Builder, category: Category, at: Long) {
        // Belongs to a call that rings: whoever lets calls through "Do not disturb" wants this too.
        notice.setCategory(Notification.CATEGORY_CALL)
            .setColor(context.getColor(R.color.danger))
            .setContentIntent(why(at))
            .addAction(action(R.string.check_title, check(at)))
            .addAction(action(R.string.notice_why, why(at)))
        val advice = CategoryWords.advice(category)
        say(notice, CategoryWords.title(category), advice, CategoryWords.why(category), advice)
    }

    private fun outgoing(notice: Notification.Builder, category: Category, at: Long) {
        notice.setCategory(Notification.CATEGORY_CALL)
            .setColor(context.getColor(R.color.danger))
            .setContentIntent(why(at))
            .addAction(action(R.string.check_title, check(at)))
            .addAction(action(R.string.notice_why, why(at)))
        val advice = R.string.notice_outgoing_advice
        say(notice, CategoryWords.title(category), advice, CategoryWords.why(category), advice)
    }

    private fun stopped(notice: Notification.Builder, verdict: Verdict, at: Long, hasNumber: Boolean) {
        val category = verdict.category
        notice.setCategory(Notification.CATEGORY_STATUS)
            .setColor(context.getColor(R.color.accent))
            .setContentIntent(why(at))
        val title = if (verdict.action == Action.SILENCE) R.string.notice_silenced else R.string.notice_rejected
        val what = CategoryWords.title(category)
        val reason = CategoryWords.why(category)
        if (hasNumber && category !in NOT_TO_BE_MARKED) {
            notice.addAction(ownersAction(R.string.notice_fine, fine(at)))
            say(notice, title, what, what, reason, R.string.notice_fine_hint)
        } else {
            say(notice, title, what, what, reason)
        }
        notice.addAction(action(R.string.notice_why, why(at)))
    }

    private fun after(notice: Notification.Builder, at: Long) {
        notice.setCategory(Notification.CATEGORY_STATUS)
            .setColor(context.getColor(R.color.accent))
            .setContentIntent(check(at))
        say(notice, R.string.check_title, R.string.notice_after, R.string.notice_after)
    }

    /** A headline, a line, and what stands instead of that line once the notice is unfolded, sentence below sentence. */
    private fun say(notice: Notification.Builder, title: Int, line: Int, vararg unfolded: Int) {
        val all = unfolded.joinToString("\n") { context.getString(it) }
        notice.setContentTitle(context.getString(title))
            .setContentText(context.getString(line))
            .setStyle(Notification.BigTextStyle().bigText(all))
    }

    private fun action(words: Int, does: PendingIntent): Notification.Action =
        Notification.Action.Builder(null as Icon?, context.getString(words), does).build()

    /** Whoever finds the phone locked must not tell it whom to let ring. */
    private fun ownersAction(words: Int, does: PendingIntent): Notification.Action {
        val action = Notification.Action.Builder(null as Icon?, context.getString(words), does)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) action.setAuthenticationRequired(true)
        return action.build()
    }

    private fun why(at: Long): PendingIntent = open(MainActivity.why(context, at), at)

    private fun check(at: Long): PendingIntent = open(CheckActivity.intent(context, at), at)

    private fun fine(at: Long): PendingIntent {
        val intent = NoticeReceiver.fine(context, at).setIdentifier(at.toString())
        return PendingIntent.getBroadcast(context, 0, intent, FLAGS)
    }

    /** The identifier tells the intents of two calls apart. */
    private fun open(intent: Intent, at: Long): PendingIntent =
        PendingIntent.getActivity(context, 0, intent.setIdentifier(at.toString()), FLAGS)

    /** Takes away the oldest, so that with the next one there are not more than [MOST]. */
    private fun makeRoom(manager: NotificationManager) {
        val ours = manager.activeNotifications.mapNotNull { shown ->
            shown.tag?.takeIf { shown.id == ID && it.startsWith(TAG) }?.removePrefix(TAG)?.toLongOrNull()
        }
        ours.sorted().dropLast(MOST - 1).forEach { remove(it) }
    }

    private fun tag(at: Long): String = TAG + at

    private companion object {
        const val TAG = "call "
        const val ID = 1
        const val MOST = 5
        const val FLAGS = PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT

        /** Nothing is known of who that was, or marking it would not let it ring. */
        val NOT_TO_BE_MARKED = setOf(Category.HIDDEN, Category.UNKNOWN_CALLER_FORMAT, Category.BLOCKED_BY_YOU)
    }
}
