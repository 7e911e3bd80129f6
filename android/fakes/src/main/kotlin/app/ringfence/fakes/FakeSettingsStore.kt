package app.ringfence.fakes

import app.ringfence.RingfenceException
import app.ringfence.Settings
import app.ringfence.SettingsStore

/** A [SettingsStore] that keeps them in memory. */
public class FakeSettingsStore(settings: Settings = Settings()) : Fake(), SettingsStore {
    /** The settings in force. */
    public var settings: Settings = settings
        private set

    /** Why settings are refused; null if they are taken. */
    public var refuses: (Settings) -> String? = { null }

    private val exported = mutableMapOf<String, Settings>()

    override fun current(): Settings = answer { settings }

    override fun change(change: (Settings) -> Settings): Settings = answer {
        val changed = change(settings)
        refuses(changed)?.let { throw RingfenceException.Settings(it) }
        settings = changed
        changed
    }

    /** A text that this fake alone understands. */
    override fun exportText(): String = answer {
        "settings ${exported.size + 1}".also { exported[it] = settings }
    }

    override fun importText(text: String): Settings = answer {
        val read = exported[text] ?: throw RingfenceException.Settings("this fake exported no such text")
        change { read }
    }
}
