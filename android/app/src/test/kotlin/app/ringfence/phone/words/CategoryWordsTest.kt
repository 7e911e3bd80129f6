package app.ringfence.phone.words

import app.ringfence.Action
import app.ringfence.Category
import app.ringfence.phone.AppTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class CategoryWordsTest : AppTest() {
    @Test
    fun everyCategoryHasItsOwnShortWords() {
        val titles = Category.values().map { words(CategoryWords.title(it)) }
        assertEquals(Category.values().size, titles.toSet().size)
        for (title in titles) {
            assertTrue(title, title.length in 5..40 && title.last().isLetter())
        }
        assertEquals(Category.values().size, Category.values().map { words(CategoryWords.why(it)) }.toSet().size)
    }

    @Test
    fun whyAndAdviceAreOneSentenceEach() {
        for (category in Category.values()) {
            for (id in listOf(CategoryWords.why(category), CategoryWords.advice(category))) {
                val sentence = words(id)
                assertTrue(sentence, sentence.first().isUpperCase() && sentence.indexOf('.') == sentence.lastIndex)
                assertTrue(sentence, sentence.length in 15..130)
            }
        }
    }

    @Test
    fun everyActionHasALook() {
        val all = Action.values()
        assertEquals(listOf("It rang", "It rang with a warning", "It was silenced", "It was rejected"), all.map { words(ActionLook.words(it)) })
        assertEquals(all.size, all.map { ActionLook.icon(it) }.toSet().size)
        assertTrue(all.all { context.getDrawable(ActionLook.icon(it)) != null })
        assertTrue(all.toList().zipWithNext().all { (milder, harder) -> ActionLook.tone(milder) <= ActionLook.tone(harder) })
    }

    private fun words(id: Int) = context.getString(id)
}
