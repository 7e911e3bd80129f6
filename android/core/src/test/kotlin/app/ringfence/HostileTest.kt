package app.ringfence

import app.ringfence.internal.NativeScreener
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.io.File
import kotlin.random.Random

/** Whatever comes in, something sensible comes out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTest {
    private lateinit var ringfence: Ringfence
    private lateinit var folder: File

    @BeforeAll
    fun open(@TempDir folder: File) {
        this.folder = folder
        ringfence = british(folder)
    }

    @AfterAll
    fun close() {
        assertEquals(0, ringfence.status().internalFailures)
        ringfence.close()
    }

    @Test
    fun `texts that are no numbers`() {
        val texts = listOf(
            null, "", " ", "\u0000", "+", "\uD83D", "\uDE31", "\uDE31\uD83D", "+44\uD8007700900123", "😱".repeat(600),
            "٠٧٧٠٠ ٩٠٠١٢٣", "\u202E321009 00770", "sip:", "tel:", "1".repeat(10_000_000), "\uD800".repeat(5_000_000),
            "+447700900123" + " ".repeat(10_000_000),
            "+447700900123" + " ".repeat(10_000_000) + "5",
        )
        for (text in texts) assertAgrees(Call(text))
        assertEquals(Category.FICTION, ringfence.verdict("٠٧٧٠٠ ٩٠٠١٢٣").category)
        assertEquals(Category.HIDDEN, ringfence.verdict(null).category)
    }

    @Test
    fun `random texts`() {
        val random = Random(20_261_122)
        val likely = "+0123456789 ()-#*;,@:telsip٠٩\u202E\u200D".toCharArray()
        repeat(200_000) { i ->
            val text = String(
                CharArray(random.nextInt(40)) {
                    when (random.nextInt(8)) {
                        0 -> random.nextInt(0x10000).toChar()
                        1 -> (0xD800 + random.nextInt(0x800)).toChar()
                        else -> likely[random.nextInt(likely.size)]
                    }
                },
            )
            val verdict = ringfence.verdict(text)
            assertEquals(Failure.NONE, verdict.failure)
            assertTrue(verdict.rule != Rule.NONE)
            if (i % 100 == 0) assertAgrees(Call(text))
        }
    }

    @Test
    fun `extreme times`() {
        for (at in listOf(Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE)) {
            for (number in listOf("07700 900123", "+216 20 123 456", "")) assertAgrees(Call(number), at)
        }
    }

    @Test
    fun `extreme values for what the phone knows`() {
        val extremes = listOf(Int.MIN_VALUE, -1, 0, 1, 2, 3, 4, 5, 6, 255, 256, Int.MAX_VALUE)
        val times = listOf(Long.MIN_VALUE, -1, 0, NOW, Long.MAX_VALUE)
        val handle = NativeScreener.open(folder.path, bundled.file.path, -1, 0, 0)
        for (presentation in extremes) for (verification in extremes) for (direction in extremes) for (at in times) {
            val number = "070 1234 5678"
            val found = Verdict(NativeScreener.screen(handle, number, presentation, verification, direction, at))
            val call = Call(
                number,
                Presentation.of(presentation),
                Verification.of(verification),
                Direction.of(direction),
            )
            assertEquals(ringfence.screener.screen(call, at), found)
        }
        for (value in extremes) for (at in times) {
            assertEquals(0, NativeScreener.record(handle, "\uD800", value, value, value, at))
        }
        NativeScreener.close(handle)
    }

    private fun assertAgrees(call: Call, at: Long = NOW) {
        val verdict = ringfence.screener.screen(call, at)
        assertEquals(Failure.NONE, verdict.failure)
        val explanation = ringfence.explainer.explain(call, at)
        assertEquals(verdict, explanation.verdict, explanation.title)
    }
}
