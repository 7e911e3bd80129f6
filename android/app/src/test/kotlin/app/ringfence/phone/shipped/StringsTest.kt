package app.ringfence.phone.shipped

import app.ringfence.phone.root
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element
import org.w3c.dom.Node
import java.io.File
import javax.xml.parsers.DocumentBuilderFactory

/** The words of all languages: none missing, none too many, and the same things filled in. */
class StringsTest {
    private val resources = root.resolve("android/app/src/main/res")
    private val english = read("values")

    /** What each language counts with, as Unicode's plural rules have it. */
    private val quantities = mapOf(
        "en" to setOf("one", "other"),
        "de" to setOf("one", "other"),
        "es" to setOf("one", "many", "other"),
        "fr" to setOf("one", "many", "other"),
        "hi" to setOf("one", "other"),
        "it" to setOf("one", "many", "other"),
        "nl" to setOf("one", "other"),
        "pl" to setOf("one", "few", "many", "other"),
        "pt" to setOf("one", "many", "other"),
    )

    @Test
    fun `every language has every text`() {
        val languages = resources.list().orEmpty().filter { it.startsWith("values-") && File(resources, it).hasStrings() }
        assertEquals(quantities.keys - "en", languages.map { it.removePrefix("values-") }.toSet())
        for (language in languages) {
            val texts = read(language)
            val wanted = english.filterValues { it.translatable }.keys
            assertEquals("$language lacks", emptySet<String>(), wanted - texts.keys)
            assertEquals("$language has what English has not", emptySet<String>(), texts.keys - wanted)
        }
    }

    @Test
    fun `every text is filled in with the same things`() {
        for (language in quantities.keys - "en") {
            for ((name, text) in read("values-$language")) {
                val expected = english.getValue(name).variants.getValue(Text.OTHER).fillIns()
                for ((quantity, variant) in text.variants) {
                    // A form for one thing only may leave the number out, as in "one call".
                    val given = variant.fillIns()
                    val fits = given == expected || (quantity == "one" && (expected - given).all { it == "%1\$d" } && (given - expected).isEmpty())
                    assertTrue("$language $name $quantity: $given, not $expected", fits)
                }
            }
        }
    }

    @Test
    fun `plurals have the forms of the language`() {
        for ((language, forms) in quantities) {
            for ((name, text) in read(if (language == "en") "values" else "values-$language")) {
                if (text.plural) assertEquals("$language $name", forms, text.variants.keys)
            }
        }
    }

    @Test
    fun `no text is empty, shouts or holds what breaks at run time`() {
        for (language in quantities.keys) {
            for ((name, text) in read(if (language == "en") "values" else "values-$language")) {
                for (variant in text.variants.values) {
                    assertTrue("$language $name is empty", variant.isNotBlank())
                    assertTrue("$language $name shouts", '!' !in variant)
                    assertTrue("$language $name: apostrophes need a backslash", !Regex("(?<!\\\\)'").containsMatchIn(variant))
                    assertTrue("$language $name: fill-ins need a place", !Regex("%[sd]").containsMatchIn(variant))
                }
            }
        }
    }

    private fun File.hasStrings() = list().orEmpty().any { it.startsWith("strings") }

    private fun String.fillIns(): Set<String> = Regex("%\\d+\\$[sd]").findAll(this).map { it.value }.toSet()

    private fun read(folder: String): Map<String, Text> {
        val texts = LinkedHashMap<String, Text>()
        for (file in File(resources, folder).listFiles().orEmpty().filter { it.name.startsWith("strings") }.sorted()) {
            val document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file)
            for (element in document.documentElement.elements()) {
                val name = element.getAttribute("name")
                val before = texts.put(name, Text.of(element))
                assertTrue("$folder has $name twice", before == null)
            }
        }
        return texts
    }

    private class Text(val translatable: Boolean, val plural: Boolean, val variants: Map<String, String>) {
        companion object {
            const val OTHER = "other"

            fun of(element: Element): Text {
                val plural = element.tagName == "plurals"
                val variants = when (element.tagName) {
                    "string" -> mapOf(OTHER to element.textContent)
                    "plurals" -> element.elements().associate { it.getAttribute("quantity") to it.textContent }
                    else -> error("${element.tagName} in a file of strings")
                }
                return Text(element.getAttribute("translatable") != "false", plural, variants)
            }
        }
    }

    private companion object {
        fun Element.elements(): List<Element> {
            val nodes = (0 until childNodes.length).map { childNodes.item(it) }
            return nodes.filter { it.nodeType == Node.ELEMENT_NODE }.map { it as Element }
        }
    }
}
