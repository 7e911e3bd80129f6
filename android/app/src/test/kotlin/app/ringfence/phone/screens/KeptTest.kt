package app.ringfence.phone.screens

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Looper
import android.telephony.TelephonyManager
import app.ringfence.Category
import app.ringfence.DatabaseSource
import app.ringfence.Direction
import app.ringfence.Mode
import app.ringfence.R
import app.ringfence.Ringfence
import app.ringfence.Settings
import app.ringfence.Switch
import app.ringfence.Verdict
import app.ringfence.Whom
import app.ringfence.phone.Ask
import app.ringfence.phone.Parts
import app.ringfence.phone.Pictures
import app.ringfence.phone.root
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.robolectric.Shadows.shadowOf

/** What is saved to a file, loaded from one, and forgotten. */
class KeptTest : AfternoonTest() {
    @get:Rule
    val elsewhere = TemporaryFolder()

    private val document: Uri = Uri.parse("content://documents/settings")

    private fun OnScreen.answer(result: Int = Activity.RESULT_OK) {
        val asked = shadowOf(activity).nextStartedActivityForResult
        shadowOf(activity).receiveResult(asked.intent, result, Intent().setData(document))
        shadowOf(Looper.getMainLooper()).idle()
    }

    private fun load(file: InputStream, then: (OnScreen) -> Unit) {
        shadowOf(context.contentResolver).registerInputStream(document, file)
        OnScreen.open(BackupScreen()) { screen ->
            screen.tap("Load from a file")
            screen.answer()
            then(screen)
        }
    }

    @Test
    fun `settings that were saved are the same on another phone`() {
        val chosen = parts.ringfence.settings.change {
            it.copy(
                mode = Mode.STRICT,
                switches = mapOf(Category.HIDDEN to Switch.SILENCE),
                allow = listOf("+442079460018"),
                block = listOf("+4470*", "region:FR"),
                repeatedCall = false,
                afterScamHours = 168,
            )
        }
        val file = ByteArrayOutputStream()
        shadowOf(context.contentResolver).registerOutputStream(document, file)
        OnScreen.open(BackupScreen()) { screen ->
            screen.says("the numbers on your two lists")
            screen.tap("Save to a file")
            val asked = shadowOf(screen.activity).peekNextStartedActivityForResult().intent
            assertEquals(Intent.ACTION_CREATE_DOCUMENT to "application/json", asked.action to asked.type)
            assertEquals("ringfence-settings.json", asked.getStringExtra(Intent.EXTRA_TITLE))
            screen.answer()
            screen.says("Saved.")
        }
        parts.ringfence.memory.forgetEverything()
        assertEquals(Settings(), parts.ringfence.settings.current())
        load(ByteArrayInputStream(file.toByteArray())) { screen ->
            screen.says("Loaded. These settings hold now.")
            assertEquals(chosen, parts.ringfence.settings.current())
        }
        // An editor put its mark before it.
        parts.ringfence.memory.forgetEverything()
        load(ByteArrayInputStream("\uFEFF".toByteArray() + file.toByteArray())) {
            assertEquals(chosen, parts.ringfence.settings.current())
        }
    }

    @Test
    fun `a bad file changes nothing and says so`() {
        val before = parts.ringfence.settings.current()
        val bad = listOf(
            "", "{", "[]", "hello", "{\"version\": 999}", "{\"block\": [\"0740\"]}", "\u0000".repeat(1_000),
        ).map { it.toByteArray() } + byteArrayOf(-1, -2, 0, 3) + root.resolve("data/bundled.rfdb").readBytes().copyOf(100_000)
        for (file in bad) {
            load(ByteArrayInputStream(file)) { screen ->
                screen.says("That file does not hold settings of Ringfence. Nothing was changed.")
                assertEquals(before, parts.ringfence.settings.current())
            }
        }
    }

    @Test
    fun `a huge file is not read to its end`() {
        var read = 0L
        val endless = object : InputStream() {
            override fun read(): Int = ' '.code.also { read++ }
        }
        load(endless) { it.says("That file is too large") }
        assertTrue("$read bytes", read <= BackupScreen.MOST + 1)
    }

    @Test
    fun `files that cannot be opened, read or written are said`() {
        val broken = object : InputStream() {
            override fun read(): Int = throw IOException("unplugged")
        }
        load(broken) { it.says("The file could not be read. Nothing was changed.") }
        val refused = object : InputStream() {
            override fun read(): Int = throw SecurityException("not yours")
        }
        load(refused) { it.says("The file could not be read. Nothing was changed.") }
        val full = object : OutputStream() {
            override fun write(byte: Int) = throw IOException("full")
        }
        shadowOf(context.contentResolver).registerOutputStream(document, full)
        OnScreen.open(BackupScreen()) { screen ->
            screen.tap("Save to a file")
            screen.answer()
            screen.says("The file could not be written.")
        }
    }

    @Test
    fun `who thinks better of it has changed nothing`() = OnScreen.open(BackupScreen()) { screen ->
        screen.tap("Load from a file")
        screen.answer(Activity.RESULT_CANCELED)
        screen.saysNot("Nothing was changed")
        screen.saysNot("Loaded")
    }

    private fun live() {
        ring(fiction, ago = HOUR)
        ring(stranger)
        parts.seenCalls.add(stranger, Direction.INCOMING, Verdict(0), app.now)
        parts.ringfence.memory.markScam(Whom.Number("07400 654321"), app.now)
        parts.ringfence.settings.change { it.copy(mode = Mode.STRICT, block = listOf("07400 222333"), allow = listOf("+33*")) }
        parts.choices.ask = Ask.NEVER
        parts.choices.lastAsked = app.now
        parts.choices.simple = true
        parts.choices.helper("Ada", "020 7183 8750")
    }

    private fun inBritain() =
        shadowOf(context.getSystemService(TelephonyManager::class.java)).setSimCountryIso("gb")

    @Test
    fun `forgetting asks first, and the way out is the main button`() {
        live()
        OnScreen.open(SettingsScreen()) { screen ->
            screen.tap("More")
            screen.tap("Forget everything")
            screen.says("This cannot be undone")
            assertTrue(screen.words.indexOf("Keep everything") < screen.words.indexOf("Delete it all"))
            screen.tap("Keep everything")
            assertTrue(screen.top is SettingsScreen)
        }
        assertEquals(2, parts.ringfence.log.calls().size)
        assertEquals(Mode.STRICT, parts.ringfence.settings.current().mode)
    }

    @Test
    fun `what is forgotten is gone from disk`() {
        inBritain()
        val secrets = arrayOf("7400222333", "+33", "strict", "last_asked", "NEVER", "simple", "Ada", "7183")
        live()
        shadowOf(Looper.getMainLooper()).idle()
        assertTrue(Traces.of(context).hold("7400222333"))
        OnScreen.open(ForgetScreen()) { screen ->
            screen.tap("Delete it all")
            screen.says("Everything is forgotten")
            screen.says("Your country is set to United Kingdom.")
            screen.recreate()
            screen.says("Everything is forgotten")
            screen.tap("Done")
        }
        assertEquals(Settings(home = "GB"), parts.ringfence.settings.current())
        assertEquals(0, parts.ringfence.log.calls().size)
        assertEquals(0, parts.ringfence.status().remembered)
        assertEquals(null, parts.seenCalls.latest(stranger))
        assertTrue(parts.choices.welcomed)
        assertEquals(Ask.STRANGERS to 0L, parts.choices.ask to parts.choices.lastAsked)

        val traces = Traces.of(context)
        for (secret in secrets) assertFalse("$secret is in ${traces.names}", traces.hold(secret))
        // The core has what it has on a new phone with this country, byte for byte.
        val fresh = elsewhere.newFolder()
        Ringfence.open(fresh, DatabaseSource.InFile(root.resolve("data/bundled.rfdb"))).use { ringfence ->
            ringfence.settings.change { it.copy(home = "GB") }
        }
        val contents = { folder: java.io.File ->
            folder.walkTopDown().filter { it.isFile }.associate { it.name to it.readBytes().toList() }
        }
        assertEquals(contents(fresh), contents(Parts.folder(context.createDeviceProtectedStorageContext())))
    }

    @Test
    fun pictures() {
        Pictures.check("backup") { draw -> OnScreen.open(BackupScreen()) { draw(it.activity) } }
        Pictures.check("forget") { draw -> OnScreen.open(ForgetScreen()) { draw(it.activity) } }
        Pictures.check("forget-done") { draw ->
            inBritain()
            OnScreen.open(ForgetScreen()) { screen ->
                screen.tap(context.getString(R.string.forget_do))
                draw(screen.activity)
            }
        }
    }
}
