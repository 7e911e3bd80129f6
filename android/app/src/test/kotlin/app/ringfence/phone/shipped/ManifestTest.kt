package app.ringfence.phone.shipped

import app.ringfence.phone.root
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Test
import org.w3c.dom.Element
import javax.xml.parsers.DocumentBuilderFactory

/** What the app asks for and opens to others, to the last item. */
class ManifestTest {
    private val manifest: Element = DocumentBuilderFactory.newInstance().apply { isNamespaceAware = true }
        .newDocumentBuilder()
        .parse(root.resolve("android/app/src/main/AndroidManifest.xml"))
        .documentElement

    @Test
    fun `it asks for one permission`() =
        assertEquals(listOf("android.permission.POST_NOTIFICATIONS"), all("uses-permission").map { it.android("name") })

    @Test
    fun `it opens to others what the system has to reach, and guards it where Android can`() {
        val open = components().filter { it.android("exported") == "true" }
        assertEquals(
            mapOf(
                "screening.ScreeningService" to "android.permission.BIND_SCREENING_SERVICE",
                "tile.ProtectionTile" to "android.permission.BIND_QUICK_SETTINGS_TILE",
                // Anybody can start these: they trust nothing that they are sent.
                "aftercall.PostCallActivity" to "",
                "MainActivity" to "",
            ),
            open.associate { it.android("name").removePrefix("app.ringfence.phone.") to it.android("permission") },
        )
        components().forEach { assertFalse("${it.android("name")} does not say", it.android("exported").isEmpty()) }
    }

    @Test
    fun `what a call needs works before the first unlock`() {
        val aware = components().filter { it.android("directBootAware") == "true" }.map { it.android("name").substringAfterLast('.') }
        assertEquals(setOf("ScreeningService", "PostCallActivity", "CheckActivity", "NoticeReceiver"), aware.toSet())
    }

    @Test
    fun `nothing is backed up`() {
        val application = all("application").single()
        assertEquals("false", application.android("allowBackup"))
        assertEquals("false", application.android("fullBackupContent"))
        assertEquals("@xml/data_extraction_rules", application.android("dataExtractionRules"))
    }

    /** An app that is not named there cannot be seen. */
    @Test
    fun `it can see the programs for remote control, and no others`() {
        val tools = root.resolve("data/remote-tools.toml").readLines().filter { it.startsWith("packages = ") }
        val packages = tools.flatMap { line -> Regex("\"([^\"]+)\"").findAll(line).map { it.groupValues[1] } }.toSortedSet()
        assertEquals(packages.toList(), all("package").map { it.android("name") })
        assertEquals(0, all("uses-permission").count { "QUERY_ALL" in it.android("name") })
    }

    /** In a process of its own the service would not see what the screens write. */
    @Test
    fun `everything is in one process`() = assertEquals(emptyList<String>(), components().map { it.android("process") }.filter { it.isNotEmpty() })

    private fun components() = listOf("activity", "service", "receiver", "provider").flatMap { all(it) }

    private fun all(tag: String): List<Element> =
        manifest.getElementsByTagName(tag).let { nodes -> (0 until nodes.length).map { nodes.item(it) as Element } }

    private fun Element.android(name: String): String = getAttributeNS("http://schemas.android.com/apk/res/android", name)
}
