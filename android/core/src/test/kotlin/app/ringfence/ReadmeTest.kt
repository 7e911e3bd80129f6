package app.ringfence

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File

/** The README's example in Kotlin is code that compiles and does what it says. */
class ReadmeTest {
    @Test
    fun `the example compiles and does what it says`(@TempDir folder: File) {
        val database = bundled.file

        // README
        val ringfence = Ringfence.open(folder, DatabaseSource.InFile(database))

        // A call rings. Never throws; what cannot be decided rings.
        val call = Call("+447700900123", Presentation.ALLOWED)
        val verdict = ringfence.screener.screen(call)
        val answer = when (verdict.action) {
            Action.ALLOW, Action.WARN -> "let it ring"
            Action.SILENCE -> "stay silent"
            Action.REJECT -> "hang up"
        }
        // The phone has its answer; now there is time to write.
        ringfence.screener.record(call)

        // "Was that a scam?"
        val report = CallReport(note = "Amazon said my Prime renews, and had me install AnyDesk", region = "GB")
        val assessment = ringfence.callCheck.check(report)
        val now = assessment.advice.filter { it.urgent }.map { it.text }
        // End

        assertEquals("hang up", answer)
        assertEquals(1, ringfence.log.calls().size)
        assertEquals(CallVerdict.SCAM, assessment.verdict)
        assertTrue(now.any { "159" in it }, "$now")
        ringfence.close()
    }

    @Test
    fun `it is the README's`() {
        val readme = File(root, "README.md").readText().substringAfter("```kotlin\n").substringBefore("```")
        val here = File(root, "android/core/src/test/kotlin/app/ringfence/ReadmeTest.kt").readText()
        val example = here.substringAfter("        // README\n").substringBefore("        // End\n").trimIndent()
        assertEquals(readme.trim(), example.trim())
    }
}
