package app.ringfence.phone.look

import android.graphics.Color
import app.ringfence.R
import app.ringfence.phone.AppTest
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Tone
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.annotation.Config

/** Every pair of colours that is used can be read by weak eyes: WCAG's 4.5 to 1. */
class ColoursTest : AppTest() {
    @Test
    @Config(qualifiers = "notnight")
    fun day() = measure()

    @Test
    @Config(qualifiers = "night")
    fun night() = measure()

    @Test
    fun `the measure itself`() {
        assertEquals(21.0, contrast(Color.BLACK, Color.WHITE), 0.01)
        assertEquals(1.0, contrast(Color.RED, Color.RED), 0.01)
        // The example of the WCAG: the lightest grey on white that will do.
        assertEquals(4.54, contrast(Color.parseColor("#767676"), Color.WHITE), 0.01)
    }

    private fun measure() {
        val plain = listOf(R.color.ground, R.color.card)
        val soft = Tone.values().map { it.ground }
        val pairs = Tone.values().flatMap { tone -> (plain + tone.ground).map { tone.text to it } } +
            // What has no ground of its own lies on any.
            Look.values().flatMap { look -> (look.ground?.let { listOf(it) } ?: (plain + soft)).map { look.text to it } } +
            listOf(R.color.text, R.color.text_quiet, R.color.accent).flatMap { text -> (plain + soft).map { text to it } }
        val weak = pairs.distinct().mapNotNull { (text, ground) ->
            val contrast = contrast(context.getColor(text), context.getColor(ground))
            if (contrast >= ENOUGH) null else "${name(text)} on ${name(ground)}: $contrast"
        }
        assertTrue("$weak", weak.isEmpty())
    }

    private fun contrast(a: Int, b: Int): Double {
        val (dark, light) = listOf(Color.luminance(a), Color.luminance(b)).sorted()
        return (light + 0.05) / (dark + 0.05)
    }

    private fun name(colour: Int) = context.resources.getResourceEntryName(colour)

    private companion object {
        const val ENOUGH = 4.5
    }
}
