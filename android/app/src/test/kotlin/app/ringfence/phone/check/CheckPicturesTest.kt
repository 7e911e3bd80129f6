package app.ringfence.phone.check

import android.content.Intent
import android.telecom.TelecomManager
import app.ringfence.Action
import app.ringfence.Direction
import app.ringfence.Verdict
import app.ringfence.phone.AppTest
import app.ringfence.phone.NOW
import app.ringfence.phone.Pictures
import app.ringfence.phone.screening.STRANGER
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf

class CheckPicturesTest : AppTest() {
    @Before
    fun afterACall() {
        british()
        parts.seenCalls.add(STRANGER, Direction.INCOMING, Verdict(Action.ALLOW), NOW)
        app.now = NOW + 5 * 60_000
        shadowOf(app.getSystemService(TelecomManager::class.java)).setManageBlockNumbersIntent(Intent("blocked"))
    }

    @Test
    fun ask() = picture("check-ask") { }

    @Test
    fun askWithARemoteTool() {
        install(app, ANYDESK, NOW + 60_000)
        picture("check-ask-remote-tool") { }
    }

    @Test
    fun question() = picture("check-question") { tap("I am not sure") }

    @Test
    fun ownWords() = picture("check-own-words") {
        tap("I am not sure")
        tap("Tell it in your own words")
        write("They said my Amazon Prime was going up so I pressed 1")
    }

    @Test
    fun scam() {
        install(app, ANYDESK, NOW + 60_000)
        picture("check-scam") { tellIt(PRIME) }
    }

    @Test
    fun scamUnfolded() = picture("check-scam-unfolded") {
        tellIt(PRIME)
        tap("After that")
        tap("What gives it away")
    }

    @Test
    fun unsure() = picture("check-unsure") {
        tap("I am not sure")
        tap("Show me what to do now")
    }

    @Test
    fun clear() = picture("check-clear") { tellIt("the surgery rang, my blood test is fine and the nurse will see me on Thursday") }

    @Test
    fun fine() = picture("check-fine") { tap("No, it was fine") }

    private fun CheckActivity.tellIt(words: String) {
        tap("I am not sure")
        tell(words)
    }

    private fun picture(name: String, steps: CheckActivity.() -> Unit) = Pictures.check(name) { draw ->
        Robolectric.buildActivity(CheckActivity::class.java, CheckActivity.intent(app, NOW)).use {
            val activity = it.setup().get()
            activity.steps()
            draw(activity)
        }
    }

    private companion object {
        const val ANYDESK = "com.anydesk.anydeskandroid"
        const val PRIME =
            "They said my Amazon Prime was going up so I pressed 1 to cancel and a man had me download AnyDesk"
    }
}
