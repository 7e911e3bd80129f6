package app.ringfence.benches

import app.ringfence.Call
import app.ringfence.Failure
import app.ringfence.Presentation

/**
 * Rings again and again. In Kotlin, since a function that returns a value class has no name that Java
 * could write.
 */
public class Caller(name: String) {
    private val ringfence = Cases.open()
    private val screener = ringfence.screener
    private val number = Cases.number(name.takeIf { it != CLOSED } ?: "mobile").ifEmpty { null }
    private val presentation = if (number == null) Presentation.RESTRICTED else Presentation.ALLOWED
    private val call = Call(number, presentation)

    init {
        if (name == CLOSED) ringfence.close()
        val verdict = screener.screen(call, Cases.at)
        val said = "${verdict.action.id} ${verdict.rule.id}"
        check(verdict.failure == if (name == CLOSED) Failure.CLOSED else Failure.NONE) { "$name: $verdict" }
        check(name == CLOSED || said == Cases.verdict(name)) { "$name: $verdict" }
    }

    /** The verdict on one call, packed. */
    public fun screen(): Long = screener.screen(call, Cases.at).packed

    /** The same, the [Call] made for it. */
    public fun screenNew(): Long = screener.screen(Call(number, presentation), Cases.at).packed

    private companion object {
        const val CLOSED = "closed"
    }
}
