package app.ringfence.phone.screening

import android.net.Uri
import android.telecom.Call.Details
import android.telecom.TelecomManager
import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.Category
import app.ringfence.Direction
import app.ringfence.Mode
import app.ringfence.Presentation
import app.ringfence.Rule
import app.ringfence.Switch
import app.ringfence.Verdict
import app.ringfence.Verification
import app.ringfence.fakes.FakeRingfence
import app.ringfence.phone.AppTest
import app.ringfence.phone.NOW
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.shadows.ShadowLog

/** Calls as the system brings them, with the real core. */
class ScreeningServiceTest : AppTest() {
    private val telecom by lazy { Telecom() }

    @Test
    fun aStrangerRings() {
        british()
        assertEquals(Flags.ALLOWED, telecom.ring(STRANGER))
        val seen = parts.seenCalls.at(NOW)
        assertEquals(Action.ALLOW to Rule.NOTHING_KNOWN, seen?.verdict?.action to seen?.verdict?.rule)
        val logged = parts.ringfence.log.calls().single()
        assertEquals(NOW / 1000, logged.at / 1000)
        assertEquals(Rule.NOTHING_KNOWN, logged.verdict.rule)
        assertEquals(NOW, parts.choices.lastAsked)
    }

    @Test
    fun aWarnedCallRings() {
        british()
        assertEquals(Flags.ALLOWED, telecom.ring(ONE_RING))
        assertEquals(Action.WARN, parts.seenCalls.latest(ONE_RING)?.verdict?.action)
    }

    @Test
    fun aFakedNumberIsRejectedAndStaysInTheCallLog() {
        british()
        assertEquals(Flags.REJECTED, telecom.ring(FILM))
        assertEquals(Action.REJECT, parts.ringfence.log.calls().single().verdict.action)
    }

    @Test
    fun gentleModeSilencesIt() {
        british()
        parts.ringfence.settings.change { it.copy(mode = Mode.GENTLE) }
        assertEquals(Flags.SILENCED, telecom.ring(FILM))
    }

    @Test
    fun everyActionIsAnswerable() {
        val flags = Action.values().map { Flags(Answer.response(it).toParcelable()) }
        assertEquals(listOf(Flags.ALLOWED, Flags.ALLOWED, Flags.SILENCED, Flags.REJECTED), flags)
    }

    @Test
    fun aBlockedNumberIsRejectedHoweverItIsWritten() {
        british()
        parts.ringfence.settings.change { it.copy(block = listOf(STRANGER)) }
        val forms = listOf(
            "tel:+447400123456",
            "TEL:07400%20123456",
            "tel:%2B44%207400%20123456",
            "tel:+44-7400-123456;phone-context=example.com",
            "tel:7400123456;phone-context=+44",
            "tel:+447400123456;isub=12345",
            "tel:07400123456,,9#",
            "tel://07400123456",
            "sip:+447400123456@example.com;user=phone",
            "sips:07400123456@example.com",
            "07400 123456",
        )
        for (form in forms) {
            app.now += 1000
            assertEquals(form, Flags.REJECTED, telecom.ring(Uri.parse(form)))
        }
    }

    @Test
    fun aHiddenNumberIsHiddenHoweverItComes() {
        british()
        parts.ringfence.settings.change { it.copy(switches = mapOf(Category.HIDDEN to Switch.SILENCE), repeatedCall = false) }
        val handles = listOf(null, Uri.EMPTY, Uri.parse("tel:"), Uri.parse("tel:%20"), Uri.parse("tel:anonymous"))
        for (handle in handles) assertEquals("$handle", Flags.SILENCED, telecom.ring(handle))
        val shown = Uri.parse("tel:$STRANGER")
        for (hidden in listOf(TelecomManager.PRESENTATION_RESTRICTED, TelecomManager.PRESENTATION_UNKNOWN)) {
            assertEquals(Flags.SILENCED, telecom.ring(shown, presentation = hidden))
        }
        assertEquals(Flags.ALLOWED, telecom.ring(shown, presentation = 99))
    }

    @Test
    fun whatIsNoNumberRings() {
        british()
        for (handle in listOf("tel:Amazon", "sip:alice@example.com", "voicemail:", "content://call/1", "x:y", "%", "tel:%zz")) {
            assertEquals(handle, Flags.ALLOWED, telecom.ring(Uri.parse(handle)))
        }
    }

    @Test
    fun verificationCountsFromAndroid11On() {
        british()
        val handle = Uri.parse("tel:$STRANGER")
        assertEquals(Flags.REJECTED, telecom.ring(handle, verification = 2))
        assertEquals(Category.SPOOFED, parts.seenCalls.at(NOW)?.verdict?.category)
        app.now += 1000
        assertEquals(Flags.ALLOWED, telecom.ring(handle, verification = 1))
        onAndroid10 {
            app.now += 1000
            assertEquals(Flags.ALLOWED, telecom.ring(handle, verification = 2))
        }
    }

    @Test
    fun theCoreIsToldAllThereIs() {
        val fake = FakeRingfence()
        app.make = { it.realParts(fake) }
        telecom.ring(Uri.parse("tel:$STRANGER"), TelecomManager.PRESENTATION_PAYPHONE, verification = 1)
        telecom.ring(null, TelecomManager.PRESENTATION_RESTRICTED, direction = Details.DIRECTION_UNKNOWN)
        telecom.dial(ONE_RING)
        val calls = listOf(
            Call(STRANGER, Presentation.PAYPHONE, Verification.PASSED),
            Call(null, Presentation.RESTRICTED),
            Call(ONE_RING, direction = Direction.OUTGOING),
        )
        assertEquals(calls, fake.screener.screened)
        assertEquals(calls, fake.screener.recorded)
    }

    @Test
    fun outgoingCallsAreRememberedAndNeverStopped() {
        british()
        telecom.dial(STRANGER)
        assertEquals(Direction.OUTGOING, parts.ringfence.log.calls().single().direction)
        app.now += 1000
        telecom.ring(STRANGER)
        assertEquals(Rule.KNOWN, parts.seenCalls.latest(STRANGER)?.verdict?.rule)

        app.now += 1000
        telecom.dial(ONE_RING)
        assertEquals(Action.WARN, parts.seenCalls.latest(ONE_RING)?.verdict?.action)
    }

    @Test
    fun switchedOffEveryCallRingsAndNothingIsKept() {
        val fake = FakeRingfence()
        fake.screener.verdict = { _, _ -> Verdict(Action.REJECT, Rule.BLOCK_LIST) }
        app.make = { it.realParts(fake) }
        parts.choices.protection = false
        assertEquals(Flags.ALLOWED, telecom.ring(FILM))
        telecom.dial(FILM)
        assertTrue(fake.screener.screened.isEmpty())
        assertTrue(fake.screener.recorded.isEmpty())
        assertNull(parts.seenCalls.latest(FILM))
        assertEquals(NOW, parts.choices.lastAsked)
    }

    @Test
    fun theFirstLineSaysThatTheSystemAsked() {
        british()
        ShadowLog.reset()
        telecom.ring(FILM)
        val ours = ShadowLog.getLogs().filter { it.tag.startsWith("Ringfence") }
        assertEquals("The system asks about a call", ours.first().msg)
        assertEquals("Answered: reject by impossible_caller_id", ours.last().msg)
        // Nobody else in the process says it either.
        assertFalse(ShadowLog.getLogs().any { FILM.takeLast(6) in it.msg.orEmpty() })
    }

    @Test
    fun aThousandCallsInARow() {
        british()
        val numbers = listOf(STRANGER, ONE_RING, FILM, null, "Amazon", "999")
        for (i in 0 until 1000) {
            app.now += 60_000
            val number = numbers[i % numbers.size]
            assertEquals(number == FILM, telecom.ring(number).reject)
        }
        assertEquals(1000, telecom.answers.size)
        assertEquals(1000, telecom.answers.map { it.first }.toSet().size)
        assertEquals(5, shownNotices(context).size)
        assertEquals(200, parts.ringfence.log.calls().size)
        val remembered = (0 until 1000).count { parts.seenCalls.knowsNumber(NOW + (it + 1) * 60_000L) }
        assertEquals(16, remembered)
        val kept = context.createDeviceProtectedStorageContext().getSharedPreferences("calls", 0).getString("calls", "")
        assertEquals(16, kept.orEmpty().lines().size)
        assertEquals(0, Thread.getAllStackTraces().keys.filter { it.name == "ringfence-watch" }.onEach { it.join(1000) }.count { it.isAlive })
    }
}
