package app.ringfence.phone.screening

import android.net.Uri
import app.ringfence.phone.AppTest
import org.junit.Assert.assertEquals
import org.junit.Test
import java.util.Random

class CallReaderTest : AppTest() {
    @Test
    fun theNumberOfAHandle() {
        val numbers = mapOf(
            "tel:+447400123456" to "+447400123456",
            "TEL:07400%20123456" to "07400 123456",
            "tel:%2B447400123456" to "+447400123456",
            "tel://07400123456" to "07400123456",
            "tel:*%2331%23" to "*#31#",
            "tel:+33123456789;isub=1" to "+33123456789",
            "tel:+33123456789;phone-context=+44" to "+33123456789",
            "tel:7400123456;phone-context=+44" to "7400123456;phone-context=+44",
            "tel:7400123456;isub=1;phone-context=+44;x=y" to "7400123456;phone-context=+44",
            "tel:7400123456;phone-context=example.com" to "7400123456",
            "tel:0800,123" to "0800",
            "tel:" to null,
            "tel:%20%09" to null,
            "tel:;phone-context=+44" to null,
            "tel:Amazon" to "Amazon",
            "sip:+447400123456@example.com;user=phone" to "sip:+447400123456@example.com;user=phone",
            "sip:alice%40home@example.com" to "sip:alice@home@example.com",
            "voicemail:" to "voicemail:",
            "+447400123456" to "+447400123456",
            "" to null,
        )
        for ((handle, number) in numbers) assertEquals(handle, number, CallReader.number(Uri.parse(handle)))
        assertEquals(null, CallReader.number(null))
        assertEquals("07400#1", CallReader.number(Uri.fromParts("tel", "07400#1", null)))
    }

    /** Whatever a network passes on: exactly one answer each, which [Telecom.ring] checks, and no exception. */
    @Test
    fun handlesOfAnyForm() {
        british()
        val random = Random(20_261_122)
        val telecom = Telecom()
        repeat(4_000) { i ->
            app.now += 1000
            val handle = handle(random)
            val presentation = random.nextInt(8) - 1
            telecom.ring(handle, presentation, verification = random.nextInt(5) - 1, direction = -random.nextInt(2))
            // A log of thousands of calls is another test's matter.
            if (i == 300) app.use(parts.inBackground { })
        }
        assertEquals(4_000, telecom.answers.size)
    }

    private fun handle(random: Random): Uri? = when (random.nextInt(8)) {
        0 -> Uri.parse(text(random))
        1 -> Uri.fromParts(text(random), text(random), text(random))
        2 -> Uri.Builder().scheme("tel").encodedOpaquePart(text(random)).encodedFragment(text(random)).build()
        3 -> Uri.Builder().scheme(text(random)).authority(text(random)).path(text(random)).query(text(random)).build()
        4 -> Uri.parse("tel:" + digits(random) + ";phone-context=" + text(random))
        5 -> Uri.fromParts("sip", digits(random) + "@" + text(random), null)
        6 -> Uri.fromParts("tel", digits(random), null)
        else -> if (random.nextInt(10) == 0) null else Uri.parse("tel:" + mixed(random))
    }

    private fun digits(random: Random) = (if (random.nextBoolean()) "+" else "") +
        List(random.nextInt(20)) { random.nextInt(10) }.joinToString("")

    private fun mixed(random: Random) = List(random.nextInt(30)) { MARKS[random.nextInt(MARKS.length)] }.joinToString("")

    private fun text(random: Random): String {
        val length = if (random.nextInt(200) == 0) 100_000 else random.nextInt(24)
        return String(CharArray(length) { if (random.nextInt(3) == 0) random.nextInt(0x10000).toChar() else MARKS[random.nextInt(MARKS.length)] })
    }

    private companion object {
        const val MARKS = "0123456789+%:;,@#*/?&=-. ()telsip\u0000\uD83D\uDE31\u0660\u202E%%+"
    }
}
