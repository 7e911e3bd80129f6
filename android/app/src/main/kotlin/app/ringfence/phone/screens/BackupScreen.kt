package app.ringfence.phone.screens

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import app.ringfence.R
import app.ringfence.RingfenceException
import app.ringfence.phone.ui.Look
import app.ringfence.phone.ui.Page
import app.ringfence.phone.ui.Screen
import app.ringfence.phone.ui.Tone
import java.io.ByteArrayOutputStream
import java.io.FileNotFoundException
import java.io.IOException
import java.io.InputStream
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException

/** Saves the settings to a file that the person chooses, and loads them from one. */
class BackupScreen(state: Bundle = Bundle()) : Screen(state) {
    override fun name(): CharSequence = host.activity.getString(R.string.backup_title)

    override fun show(page: Page) {
        outcome(page)
        page.text(page.words(R.string.backup_intro))
        page.button(page.words(R.string.backup_save), Look.OTHER) {
            val intent = Intent(Intent.ACTION_CREATE_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE).setType(JSON)
            host.ask(intent.putExtra(Intent.EXTRA_TITLE, FILE), SAVE)
        }
        // A file from somebody else can let through whom it likes.
        page.didACallerTell(Tone.CAREFUL)
        page.button(page.words(R.string.backup_load), Look.OTHER) {
            // Whoever sent the file may have called it anything.
            val intent = Intent(Intent.ACTION_OPEN_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE).setType("*/*")
            host.ask(intent, LOAD)
        }
        page.quiet(page.words(R.string.backup_load_what))
    }

    private fun outcome(page: Page) {
        val outcome = Outcome.values().find { it.name == state.getString(OUTCOME) } ?: return
        page.card(if (outcome.good) Tone.GOOD else Tone.CAREFUL) {
            text(words(outcome.words), if (outcome.good) Tone.GOOD else Tone.CAREFUL)
        }
    }

    override fun answered(request: Int, result: Int, data: Intent?) {
        val uri = data?.data
        if (result != Activity.RESULT_OK || uri == null) return
        host.work(this, { if (request == SAVE) save(uri) else load(uri) }) {
            state.putString(OUTCOME, it.name)
            host.refresh()
        }
    }

    private fun save(uri: Uri): Outcome {
        val text = parts.ringfence.settings.exportText()
        return fromOthers(Outcome.NOT_WRITTEN) {
            // "t": a longer file that was there before leaves nothing.
            val file = host.activity.contentResolver.openOutputStream(uri, "wt") ?: throw FileNotFoundException()
            file.use { it.write(text.toByteArray()) }
            Outcome.SAVED
        }
    }

    private fun load(uri: Uri): Outcome {
        var bytes = ByteArray(0)
        val read = fromOthers(Outcome.NOT_READ) {
            val file = host.activity.contentResolver.openInputStream(uri) ?: throw FileNotFoundException()
            bytes = file.use { it.readAtMost(MOST + 1) }
            Outcome.LOADED
        }
        return when {
            read != Outcome.LOADED -> read
            bytes.size > MOST -> Outcome.TOO_LARGE
            else -> put(bytes)
        }
    }

    private fun put(bytes: ByteArray): Outcome = try {
        // Refuses what is no text.
        val text = Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()
        parts.ringfence.settings.importText(text.removePrefix(BYTE_ORDER_MARK))
        Outcome.LOADED
    } catch (_: CharacterCodingException) {
        Outcome.NOT_SETTINGS
    } catch (_: RingfenceException.Settings) {
        Outcome.NOT_SETTINGS
    }

    /** The file is another app's, which may fail in any way. */
    private fun fromOthers(failed: Outcome, body: () -> Outcome): Outcome = try {
        body()
    } catch (_: IOException) {
        failed
    } catch (_: RuntimeException) {
        failed
    }

    private fun InputStream.readAtMost(most: Int): ByteArray {
        val read = ByteArrayOutputStream()
        val buffer = ByteArray(BUFFER)
        while (read.size() < most) {
            val count = read(buffer, 0, minOf(buffer.size, most - read.size()))
            if (count < 0) break
            read.write(buffer, 0, count)
        }
        return read.toByteArray()
    }

    /** What became of it. */
    private enum class Outcome(val words: Int, val good: Boolean = false) {
        SAVED(R.string.backup_saved, good = true),
        LOADED(R.string.backup_loaded, good = true),
        NOT_WRITTEN(R.string.backup_not_written),
        NOT_READ(R.string.backup_not_read),
        NOT_SETTINGS(R.string.backup_not_settings),
        TOO_LARGE(R.string.backup_too_large),
    }

    companion object {
        /** The answer holds the file to save to. */
        const val SAVE: Int = 1

        /** The answer holds the file to load from. */
        const val LOAD: Int = 2

        /** How long a file of settings can be, in bytes: room for more than ten thousand numbers. */
        const val MOST: Int = 256 * 1024

        private const val JSON = "application/json"
        private const val FILE = "ringfence-settings.json"
        private const val OUTCOME = "outcome"
        private const val BUFFER = 8 * 1024

        /** Some editors begin a file with it. */
        private const val BYTE_ORDER_MARK = "\uFEFF"
    }
}
