package app.ringfence.phone.aftercall

import android.app.Notification
import android.content.Intent
import android.graphics.Rect
import android.media.AudioManager
import android.net.Uri
import android.os.Bundle
import android.os.Parcel
import android.os.Parcelable
import android.telecom.DisconnectCause
import android.telecom.TelecomManager
import app.ringfence.Action
import app.ringfence.Rule
import app.ringfence.phone.AppTest
import app.ringfence.phone.Ask
import app.ringfence.phone.NOW
import app.ringfence.phone.check.CheckActivity
import app.ringfence.phone.screening.ONE_RING
import app.ringfence.phone.screening.STRANGER
import app.ringfence.phone.screening.Telecom
import app.ringfence.phone.screening.shownNotices
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.util.ReflectionHelpers
import java.util.Random

/** What the system says when a call has ended, and what others make up. */
class PostCallActivityTest : AppTest() {
    private val telecom by lazy { Telecom() }

    @Before
    fun atHome() {
        british()
    }

    @Test
    fun `the system finds it`() {
        val intent = Intent(TelecomManager.ACTION_POST_CALL).setPackage(context.packageName)
        val found = context.packageManager.resolveActivity(intent.addCategory(Intent.CATEGORY_DEFAULT), 0)
        assertEquals(PostCallActivity::class.java.name, found?.activityInfo?.name)
        val check = context.packageManager.getActivityInfo(CheckActivity.intent(context, NOW).component!!, 0)
        assertFalse(check.exported)
    }

    @Test
    fun `after a stranger's call it asks, and passes on no number`() {
        telecom.ring(STRANGER)
        val asked = checkNotNull(after(ended(STRANGER)))
        assertEquals(CheckActivity::class.java.name, asked.component?.className)
        assertNull(asked.data)
        assertEquals(listOf(NOW), asked.extras!!.keySet().map { @Suppress("DEPRECATION") asked.extras!!.get(it) })
    }

    @Test
    fun `a notice asks too, in case nothing may come up by itself`() {
        telecom.ring(STRANGER)
        after(ended(STRANGER))
        val notice = shownNotices(app).single()
        assertEquals("Was that a scam?", notice.notification.extras.getString(Notification.EXTRA_TITLE))
        assertFalse(notice.notification.extras.toString().contains("7400"))
    }

    @Test
    fun `while the phone rings again, only the notice asks`() {
        telecom.ring(STRANGER)
        app.getSystemService(AudioManager::class.java)!!.mode = AudioManager.MODE_RINGTONE
        assertNull(after(ended(STRANGER)))
        assertEquals(1, shownNotices(app).size)
    }

    @Test
    fun `after a call without a number it asks as well`() {
        telecom.ring(null as Uri?, TelecomManager.PRESENTATION_RESTRICTED)
        assertNotNull(after(ended(null)))
    }

    @Test
    fun `never twice`() {
        telecom.ring(STRANGER)
        assertNotNull(after(ended(STRANGER)))
        assertNull(after(ended(STRANGER), wait = 0))
        app.now += 3_600_000
        telecom.ring(STRANGER)
        assertNotNull(after(ended(STRANGER)))
    }

    @Test
    fun `calls that nobody took are no one's business`() {
        telecom.ring(STRANGER)
        for (cause in listOf(DisconnectCause.MISSED, DisconnectCause.REJECTED, DisconnectCause.CANCELED, DisconnectCause.BUSY)) {
            assertNull(after(ended(STRANGER).putExtra(TelecomManager.EXTRA_DISCONNECT_CAUSE, cause)))
        }
        // None of them settled it.
        assertNotNull(after(ended(STRANGER)))
    }

    @Test
    fun `after a minute with somebody harmless the number is known`() {
        parts.choices.ask = Ask.NEVER
        telecom.ring(STRANGER)
        assertNull(after(ended(STRANGER)))
        app.now += 60_000
        telecom.ring(STRANGER)
        assertEquals(Rule.KNOWN, parts.seenCalls.at(app.now)?.verdict?.rule)
        parts.choices.ask = Ask.STRANGERS
        assertNull(after(ended(STRANGER)))
    }

    @Test
    fun `whoever was asked about is not known for that`() {
        telecom.ring(STRANGER)
        assertNotNull(after(ended(STRANGER)))
        app.now += 4 * 60_000
        telecom.ring(STRANGER)
        assertEquals(Rule.NOTHING_KNOWN, parts.seenCalls.at(app.now)?.verdict?.rule)
    }

    @Test
    fun `calls made are asked about only if they were warned of`() {
        telecom.dial(STRANGER)
        assertNull(after(ended(STRANGER)))
        app.now += 60_000
        telecom.dial(ONE_RING)
        assertEquals(Action.WARN, parts.seenCalls.at(app.now)?.verdict?.action)
        assertNotNull(after(ended(ONE_RING)))
    }

    @Test
    fun `what the person switched off stays off`() {
        telecom.ring(ONE_RING)
        parts.choices.ask = Ask.NEVER
        assertNull(after(ended(ONE_RING)))
        parts.choices.ask = Ask.WARNED
        parts.choices.protection = false
        assertNull(after(ended(ONE_RING)))
        parts.choices.protection = true
        assertNotNull(after(ended(ONE_RING)))
    }

    @Test
    fun `on Android 10 nobody says that a call has ended`() {
        telecom.ring(STRANGER)
        val sdk = android.os.Build.VERSION.SDK_INT
        try {
            ReflectionHelpers.setStaticField(android.os.Build.VERSION::class.java, "SDK_INT", 29)
            assertNull(after(ended(STRANGER)))
        } finally {
            ReflectionHelpers.setStaticField(android.os.Build.VERSION::class.java, "SDK_INT", sdk)
        }
    }

    @Test
    fun `what others make up shows nothing and breaks nothing`() {
        telecom.ring(STRANGER)
        val tel = Uri.fromParts("tel", STRANGER, null)
        val spoofed = listOf(
            Intent(),
            Intent(TelecomManager.ACTION_POST_CALL),
            ended(STRANGER).setAction(null),
            ended(STRANGER).setAction(Intent.ACTION_VIEW),
            ended(null),
            ended("+447400654321"),
            ended("9".repeat(1_000_000)),
            ended(STRANGER).setAction(TelecomManager.ACTION_POST_CALL).putExtra(TelecomManager.EXTRA_HANDLE, STRANGER),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_HANDLE, Rect()),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_HANDLE, arrayOf(tel)),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_HANDLE, Uri.parse("content://contacts/1")),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_HANDLE, Uri.EMPTY),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_HANDLE, Unreadable()),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_DISCONNECT_CAUSE, "2"),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_DISCONNECT_CAUSE, 3L),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_DISCONNECT_CAUSE, DisconnectCause(DisconnectCause.REMOTE)),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_CALL_DURATION, Bundle()),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_CALL_DURATION, true),
            ended(STRANGER).putExtra(TelecomManager.EXTRA_CALL_DURATION, Int.MAX_VALUE),
            ended(STRANGER).apply { removeExtra(TelecomManager.EXTRA_CALL_DURATION) },
            ended(STRANGER).apply { removeExtra(TelecomManager.EXTRA_DISCONNECT_CAUSE) },
            ended(STRANGER).apply { removeExtra(TelecomManager.EXTRA_HANDLE) },
        )
        for ((i, intent) in spoofed.withIndex()) {
            assertNull("shape $i", after(intent, wait = 0, checked = false))
            assertNull("shape $i, sent", after(sent(intent), wait = 0, checked = false))
        }
        // Longer than since it rang.
        assertNull(after(ended(STRANGER), wait = 119_000))
        assertNotNull(after(ended(STRANGER), wait = 1_000))
    }

    @Test
    fun `whatever is packed into it, nothing is shown and nothing breaks`() {
        telecom.ring(STRANGER)
        val random = Random(20261122)
        val names = listOf(TelecomManager.EXTRA_HANDLE, TelecomManager.EXTRA_DISCONNECT_CAUSE, TelecomManager.EXTRA_CALL_DURATION, "x")
        repeat(300) {
            val intent = Intent(TelecomManager.ACTION_POST_CALL)
            repeat(random.nextInt(6)) {
                val name = names[random.nextInt(names.size)]
                when (random.nextInt(8)) {
                    0 -> intent.putExtra(name, random.nextInt())
                    1 -> intent.putExtra(name, random.nextLong())
                    2 -> intent.putExtra(name, ByteArray(random.nextInt(1000)).also { bytes -> random.nextBytes(bytes) })
                    3 -> intent.putExtra(name, Uri.parse(text(random)))
                    4 -> intent.putExtra(name, text(random))
                    5 -> intent.putExtra(name, Bundle().apply { putString(text(random), text(random)) })
                    6 -> intent.putExtra(name, Unreadable())
                    else -> intent.putExtra(name, null as Parcelable?)
                }
            }
            assertNull(after(intent, wait = 0, checked = false))
        }
    }

    /** The intent that the system sends after a call of more than two minutes. */
    private fun ended(number: String?) = Intent(TelecomManager.ACTION_POST_CALL)
        .putExtra(TelecomManager.EXTRA_HANDLE, number?.let { Uri.fromParts("tel", it, null) })
        .putExtra(TelecomManager.EXTRA_DISCONNECT_CAUSE, DisconnectCause.REMOTE)
        .putExtra(TelecomManager.EXTRA_CALL_DURATION, TelecomManager.DURATION_LONG)

    /** What is started when this comes some milliseconds later. */
    private fun after(intent: Intent, wait: Long = 180_000, checked: Boolean = true): Intent? {
        app.now += wait
        Robolectric.buildActivity(PostCallActivity::class.java, intent).use {
            val activity = it.create().get()
            assertTrue("it is gone at once", activity.isFinishing)
        }
        val started = shadowOf(app).nextStartedActivity
        if (checked) assertNull("one at most", shadowOf(app).nextStartedActivity)
        return started
    }

    /** As it arrives from another process: packed. */
    private fun sent(intent: Intent): Intent {
        val parcel = Parcel.obtain()
        intent.writeToParcel(parcel, 0)
        parcel.setDataPosition(0)
        return Intent.CREATOR.createFromParcel(parcel).also { parcel.recycle() }
    }

    private fun text(random: Random): String =
        String(CharArray(random.nextInt(40)) { random.nextInt(0x300).toChar() })

    /** Something that no one can unpack. */
    private class Unreadable : Parcelable {
        override fun describeContents() = 0

        override fun writeToParcel(dest: Parcel, flags: Int) = dest.writeInt(1)
    }
}
