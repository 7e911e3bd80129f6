package app.ringfence.phone

import android.content.Context
import app.ringfence.DatabaseSource
import app.ringfence.Ringfence
import org.junit.After
import org.junit.Assert.fail
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowLog
import java.io.File

/** The repository. */
val root = File(System.getProperty("ringfence.root"))

/** Two days after the bundled database was issued, in milliseconds. */
const val NOW: Long = (1_795_305_600L + 2 * 86_400) * 1_000

/** The app in tests: the real library, files and database; what runs in the background is run at once. */
class TestApp : RingfenceApp() {
    /** The time that the app believes it is. */
    var now: Long = NOW

    /** Makes the parts; to be set before they are first used. */
    var make: (TestApp) -> Parts = { it.realParts() }

    override fun makeParts(): Parts = make(this)

    /** The parts over a [ringfence], the real one if none is given. */
    fun realParts(ringfence: Ringfence? = null): Parts {
        val storage = createDeviceProtectedStorageContext()
        val bundled = DatabaseSource.InFile(root.resolve("data/bundled.rfdb"))
        return Parts(
            ringfence = ringfence ?: Ringfence.open(Parts.folder(storage), bundled),
            choices = Choices(storage),
            seenCalls = SeenCalls(storage) { now },
            background = { it.run() },
            main = { it.run() },
            now = { now },
        )
    }
}

/** What all tests of the app have in common: real Android classes, and no number in the log. */
@RunWith(RobolectricTestRunner::class)
@Config(application = TestApp::class)
abstract class AppTest {
    val app: TestApp get() = RuntimeEnvironment.getApplication() as TestApp
    val context: Context get() = app
    val parts: Parts get() = app.parts

    /** A phone in Britain. */
    fun british() = parts.ringfence.settings.change { it.copy(home = "GB") }

    @After
    fun nothingPersonalInTheLog() {
        val personal = ShadowLog.getLogs().filter { item ->
            // Robolectric and the framework have their own tags.
            item.tag.startsWith("Ringfence") && Regex("[0-9]{4,}").containsMatchIn(item.msg + item.throwable)
        }
        if (personal.isNotEmpty()) fail("a number in the log: " + personal.map { it.tag })
        parts.ringfence.close()
    }
}
