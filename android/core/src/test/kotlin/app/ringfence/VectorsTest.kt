package app.ringfence

import com.google.gson.JsonObject
import com.google.gson.JsonParser
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File

/** The same calls as in `tests/screening.rs`, where the lines are explained, through both planes. */
class VectorsTest {
    @TempDir
    lateinit var folder: File

    @Test
    fun `both planes say what the core says`() {
        val lines = root.resolve("tests/vectors/screening.jsonl").readLines()
        assertTrue(lines.size > 100)
        Ringfence.open(folder, bundled).use { ringfence ->
            for (line in lines) ringfence.compare(JsonParser.parseString(line).asJsonObject, line)
        }
    }

    private fun Ringfence.compare(vector: JsonObject, line: String) {
        fun text(name: String) = vector[name]?.asString
        fun code(name: String) = text(name)?.uppercase()
        val mode = Mode.valueOf(code("mode") ?: "STANDARD")
        settings.change { it.copy(home = text("home"), mode = mode) }
        val call = Call(
            text("number"),
            Presentation.valueOf(code("presentation") ?: "ALLOWED"),
            Verification.valueOf(code("verification") ?: "NOT_VERIFIED"),
            Direction.valueOf(code("direction") ?: "INCOMING"),
        )
        val at = vector["at"]?.asLong?.times(1_000) ?: NOW
        val verdict = screener.screen(call, at)
        val found = listOf(verdict.action.id, verdict.rule.id, verdict.category.id)
        assertEquals(listOf(text("action"), text("rule"), text("category")), found, line)
        vector["confidence"]?.let { assertEquals(it.asInt, verdict.confidence, line) }
        assertEquals(Failure.NONE to 1, verdict.failure to verdict.generation, line)

        val explanation = explainer.explain(call, at)
        assertEquals(verdict, explanation.verdict, line)
        assertEquals(verdict.rule, explanation.rules.last().rule, line)
        assertTrue(explanation.rules.last().matched, line)
        assertTrue(explanation.rules.dropLast(1).none { it.matched }, line)
    }
}
