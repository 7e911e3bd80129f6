package app.ringfence.phone.shipped

import app.ringfence.phone.root
import org.junit.Assert.assertEquals
import org.junit.Test

/** docs/screens.md shows every screen of which there is a picture, and nothing that is not there. */
class PagesTest {
    private val kept = root.resolve("android/app/src/test/pictures").list().orEmpty().toSortedSet()
    private val shown = Regex("src/test/pictures/([^)]+)").findAll(root.resolve("docs/screens.md").readText())
        .map { it.groupValues[1] }.filter { it.endsWith(".png") }.toSortedSet()

    @Test
    fun `what is shown is there`() = assertEquals(emptySet<String>(), shown - kept)

    @Test
    fun `every screen is shown`() = assertEquals(emptySet<String>(), kept.filter { it.endsWith("-en.png") }.toSet() - shown)

    @Test
    fun `every screen is there in every look`() {
        val names = kept.map { it.substringBeforeLast('-') }.toSortedSet()
        val wanted = names.flatMap { name -> listOf("en", "dark", "rtl", "large").map { "$name-$it.png" } }.toSortedSet()
        assertEquals(wanted, kept)
    }
}
