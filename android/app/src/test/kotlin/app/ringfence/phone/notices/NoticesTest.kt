package app.ringfence.phone.notices

import android.Manifest
import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Intent
import android.content.pm.PackageManager
import android.net.Uri
import app.ringfence.Action
import app.ringfence.Category
import app.ringfence.Direction
import app.ringfence.Failure
import app.ringfence.RingfenceException
import app.ringfence.Rule
import app.ringfence.Switch
import app.ringfence.Verdict
import app.ringfence.Whom
import app.ringfence.fakes.FakeRingfence
import app.ringfence.phone.AppTest
import app.ringfence.phone.Ask
import app.ringfence.phone.MainActivity
import app.ringfence.phone.NOW
import app.ringfence.phone.Parts
import app.ringfence.phone.SeenCalls
import app.ringfence.phone.check.CheckActivity
import app.ringfence.phone.screening.FILM
import app.ringfence.phone.screening.Flags
import app.ringfence.phone.screening.ONE_RING
import app.ringfence.phone.screening.STRANGER
import app.ringfence.phone.screening.Telecom
import app.ringfence.phone.screening.onAndroid10
import app.ringfence.phone.screening.shownNotices
import app.ringfence.phone.screening.use
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowLooper
import org.robolectric.shadows.ShadowToast

/** What is said about a call, and what the buttons on it do. */
class NoticesTest : AppTest() {
    private val telecom by lazy { Telecom() }
    private val shown get() = shownNotices(context).map { it.notification }

    @Test
    fun aWarningSaysWhyAndWhatToDo() {
        british()
        telecom.ring(ONE_RING)
        val notice = shown.single()
        assertEquals("Possible one-ring trick", notice.title)
        assertEquals("Do not ring back unless you know someone there.", notice.line)
        assertEquals(
            "Fraudsters let phones ring once from there, so that people ring back and pay a lot.\n" +
                "Do not ring back unless you know someone there.",
            notice.unfolded,
        )
        assertEquals(listOf("Was that a scam?", "Why?"), notice.buttons)
        assertEquals(Notification.CATEGORY_CALL, notice.category)
        assertEquals(Notification.VISIBILITY_PUBLIC, notice.visibility)
        assertEquals(600_000, notice.timeoutAfter)
        // Folded, all of the line is for the headline.
        assertFalse(notice.extras.getBoolean(Notification.EXTRA_SHOW_WHEN))
        assertNull(notice.extras.getString(Notification.EXTRA_SUB_TEXT))
        assertEquals(NotificationManager.IMPORTANCE_HIGH, channel(notice).importance)
        assertOpens(MainActivity.why(context, NOW), notice.contentIntent)
        assertOpens(CheckActivity.intent(context, NOW), notice.actions[0].actionIntent)
        assertOpens(MainActivity.why(context, NOW), notice.actions[1].actionIntent)
    }

    @Test
    fun aRejectedCallIsSaidQuietly() {
        british()
        telecom.ring(FILM)
        val notice = shown.single()
        assertEquals("A call was rejected", notice.title)
        assertEquals("Faked number", notice.line)
        assertTrue(notice.unfolded, notice.unfolded.startsWith("Faked number\nThis number is kept for films"))
        assertTrue(notice.unfolded, notice.unfolded.endsWith("\nIf you know who it was, tap “It was fine”."))
        assertEquals(listOf("It was fine", "Why?"), notice.buttons)
        assertEquals(Notification.CATEGORY_STATUS, notice.category)
        assertEquals(NotificationManager.IMPORTANCE_LOW, channel(notice).importance)
        assertEquals(0, notice.timeoutAfter)
        assertOpens(MainActivity.why(context, NOW), notice.contentIntent)
    }

    @Test
    fun aHiddenCallerCannotBeMarked() {
        british()
        parts.ringfence.settings.change { it.copy(switches = mapOf(Category.HIDDEN to Switch.SILENCE)) }
        telecom.ring(null as Uri?)
        assertEquals("A call was silenced", shown.single().title)
        assertEquals("Hidden number", shown.single().line)
        assertEquals(listOf("Why?"), shown.single().buttons)
        assertFalse("It was fine" in shown.single().unfolded)
    }

    @Test
    fun whomThePersonBlockedIsNotAskedAbout() {
        british()
        parts.ringfence.settings.change { it.copy(block = listOf(STRANGER)) }
        telecom.ring(STRANGER)
        assertEquals("Blocked by you", shown.single().line)
        assertEquals(listOf("Why?"), shown.single().buttons)
    }

    @Test
    fun aDearNumberIsWarnedOfWhileItIsDialled() {
        british()
        telecom.dial(ONE_RING)
        val notice = shown.single()
        assertEquals("outgoing", notice.channelId)
        assertEquals("Possible one-ring trick", notice.title)
        assertEquals("Hang up unless you know whom you are calling.", notice.line)
        assertEquals(NotificationManager.IMPORTANCE_HIGH, channel(notice).importance)
        app.now += 1000
        telecom.dial(STRANGER)
        assertEquals(1, shown.size)
    }

    @Test
    fun itWasFineLetsTheNumberRing() {
        british()
        assertEquals(Flags.REJECTED, telecom.ring(FILM))
        send(shown.single().actions[0].actionIntent)
        assertEquals("This number will ring from now on.", ShadowToast.getTextOfLatestToast())
        assertEquals(0, shown.size)
        app.now += 1000
        assertEquals(Flags.ALLOWED, telecom.ring(FILM))
        assertEquals(Rule.KNOWN, parts.seenCalls.at(app.now)?.verdict?.rule)
        assertEquals(0, shown.size)
    }

    @Test
    fun itWasFineAfterTheProcessEnded() {
        british()
        telecom.ring(FILM)
        val notice = shown.single()
        // The numbers themselves were in memory only.
        val storage = context.createDeviceProtectedStorageContext()
        val next = parts.let {
            Parts(it.ringfence, it.choices, SeenCalls(storage) { app.now }, it.background, it.main, it.now)
        }
        app.use(next)
        send(notice.actions[0].actionIntent)
        app.now += 1000
        assertEquals(Flags.ALLOWED, telecom.ring(FILM))
    }

    @Test
    fun itWasFineButNobodyKnowsWhoAnyMore() {
        send(PendingIntent.getBroadcast(context, 0, NoticeReceiver.fine(context, 5), PendingIntent.FLAG_IMMUTABLE))
        assertEquals("This phone no longer knows which number that was.", ShadowToast.getTextOfLatestToast())
    }

    @Test
    fun itWasFineButTheDiskIsFull() {
        val fake = FakeRingfence()
        fake.screener.verdict = { _, _ -> Verdict(Action.SILENCE, Rule.RANGE, Category.TELEMARKETING) }
        fake.memory.fails = RingfenceException.Storage("full")
        app.use(app.realParts(fake))
        telecom.ring(STRANGER)
        send(shown.single().actions[0].actionIntent)
        assertEquals("That did not work", ShadowToast.getTextOfLatestToast())
        // It can be tried again.
        assertEquals(1, shown.size)
        fake.memory.fails = null
        send(shown.single().actions[0].actionIntent)
        assertEquals(0, shown.size)
    }

    @Test
    fun nobodyElseCanSayThatItWasFine() {
        val receivers = context.packageManager.getPackageInfo(context.packageName, PackageManager.GET_RECEIVERS).receivers
        assertEquals(listOf(NoticeReceiver::class.java.name to false), receivers.orEmpty().map { it.name to it.exported })
        // And what is something else does nothing.
        NoticeReceiver().onReceive(context, Intent("app.ringfence.OTHER"))
        assertEquals(0, ShadowToast.shownToastCount())
    }

    @Test
    fun nothingIsSaidAboutCallsThatAreNoOnesBusiness() {
        val verdicts = listOf(Rule.KNOWN, Rule.ALLOW_LIST, Rule.EMERGENCY, Rule.NOTHING_KNOWN, Rule.RANGE).map { Verdict(Action.ALLOW, it) } +
            Failure.values().drop(1).map { Verdict(Action.ALLOW, failure = it) }
        for (verdict in verdicts) {
            assertNull(NoticeKind.of(verdict, Direction.INCOMING, Ask.STRANGERS))
            assertNull(NoticeKind.of(verdict, Direction.OUTGOING, Ask.STRANGERS))
        }
        onAndroid10 {
            val asked = verdicts.filter { NoticeKind.of(it, Direction.INCOMING, Ask.STRANGERS) != null }
            assertEquals(listOf(Rule.NOTHING_KNOWN), asked.map { it.rule })
            assertTrue(verdicts.all { NoticeKind.of(it, Direction.OUTGOING, Ask.STRANGERS) == null })
            assertTrue(verdicts.all { NoticeKind.of(it, Direction.INCOMING, Ask.WARNED) == null })
            assertTrue(verdicts.all { NoticeKind.of(it, Direction.INCOMING, Ask.NEVER) == null })
        }
    }

    @Test
    fun onAndroid10ANoticeAsks() = onAndroid10 {
        british()
        telecom.ring(STRANGER)
        val notice = shown.single()
        assertEquals("Was that a scam?", notice.title)
        assertEquals(7_200_000, notice.timeoutAfter)
        assertEquals(NotificationManager.IMPORTANCE_LOW, channel(notice).importance)
        assertOpens(CheckActivity.intent(context, NOW), notice.contentIntent)

        // A warning asks itself and stays as long.
        app.now += 1000
        telecom.ring(ONE_RING)
        assertEquals(7_200_000, shown.last().timeoutAfter)
        app.now += 1000
        parts.choices.ask = Ask.NEVER
        telecom.ring(ONE_RING)
        assertEquals(600_000, shown.last().timeoutAfter)
        telecom.ring(STRANGER)
        assertEquals(3, shown.size)
    }

    @Test
    fun eachCallHasItsOwnNoticeUpToFive() {
        british()
        val times = List(8) { i -> NOW + i * 1000L }
        for (at in times) {
            app.now = at
            telecom.ring(FILM)
        }
        assertEquals(times.takeLast(5), shown.map { it.`when` })
        val fine = shown.map { it.actions[0].actionIntent }
        assertEquals(5, fine.map { shadowOf(it).savedIntent.getLongExtra("call_at", 0) }.toSet().size)
        assertNotEquals(fine[0], fine[1])
        assertTrue(shown.flatMap { n -> n.actions.map { it.actionIntent } + n.contentIntent }.all { it.isImmutable })
    }

    @Test
    fun noNoticeHoldsANumber() {
        british()
        for (number in listOf(FILM, ONE_RING, "+33162123456", "07012345678")) {
            app.now += 1000
            telecom.ring(number)
            val all = shown.last()
            val intents = (all.actions.map { it.actionIntent } + all.contentIntent).map { shadowOf(it).savedIntent }
            val texts = listOf(all.toString(), all.extras.toString()) + intents.map { "$it ${it.extras} ${it.identifier}" }
            assertFalse(texts.any { number.takeLast(6) in it })
            assertNull(all.tickerText)
        }
    }

    @Test
    fun everyChannelHasWordsAndNoSound() {
        val manager = checkNotNull(context.getSystemService(NotificationManager::class.java))
        NoticeKind.values().forEach { it.makeChannel(context, manager) }
        NoticeKind.values().forEach { it.makeChannel(context, manager) }
        assertEquals(4, manager.notificationChannels.size)
        for (channel in manager.notificationChannels) {
            assertTrue(channel.name.length in 5..40 && channel.description.orEmpty().endsWith('.'))
            assertNull(channel.sound)
            assertFalse(channel.shouldVibrate())
        }
    }

    @Test
    fun withoutThePermissionCallsAreScreenedAllTheSame() {
        shadowOf(app).denyPermissions(Manifest.permission.POST_NOTIFICATIONS)
        shadowOf(checkNotNull(context.getSystemService(NotificationManager::class.java))).setNotificationsEnabled(false)
        british()
        assertEquals(Flags.REJECTED, telecom.ring(FILM))
        assertEquals(Flags.ALLOWED, telecom.ring(ONE_RING))
        assertEquals(2, parts.ringfence.log.calls().size)
    }

    @Test
    fun whomIsToldByNumberThenByTheLog() {
        british()
        telecom.ring(FILM)
        assertEquals(Whom.Number(FILM), parts.whom(NOW))
    }

    private val Notification.title get() = extras.getString(Notification.EXTRA_TITLE)
    private val Notification.line get() = extras.getString(Notification.EXTRA_TEXT)
    private val Notification.unfolded get() = extras.getString(Notification.EXTRA_BIG_TEXT).orEmpty()
    private val Notification.buttons get() = actions.map { it.title.toString() }

    private fun channel(notice: Notification) =
        checkNotNull(context.getSystemService(NotificationManager::class.java)?.getNotificationChannel(notice.channelId))

    private fun assertOpens(expected: Intent, intent: PendingIntent) {
        assertTrue(shadowOf(intent).isActivity)
        val saved = shadowOf(intent).savedIntent
        assertEquals(expected.component, saved.component)
        assertEquals(expected.extras?.toString(), saved.extras?.toString())
    }

    private fun send(intent: PendingIntent) {
        intent.send()
        ShadowLooper.idleMainLooper()
    }
}
