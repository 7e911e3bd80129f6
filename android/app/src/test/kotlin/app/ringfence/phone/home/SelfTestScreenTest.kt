package app.ringfence.phone.home

import android.provider.Settings
import android.widget.Button
import app.ringfence.DatabaseSource
import app.ringfence.R
import app.ringfence.Ringfence
import app.ringfence.phone.NOW
import app.ringfence.phone.Parts
import app.ringfence.phone.screens.AboutScreen
import app.ringfence.phone.screens.DatabaseScreen
import app.ringfence.phone.screens.SelfTestScreen
import org.junit.Assert.assertEquals
import org.junit.Test
import org.robolectric.annotation.Config
import org.robolectric.util.ReflectionHelpers

class SelfTestScreenTest : PhoneTest() {
    private fun shown(test: (Driven) -> Unit) = opened {
        it.activity.go(SelfTestScreen())
        test(it)
    }

    @Test
    fun `everything is working`() {
        protectedPhone()
        parts.choices.lastAsked = app.now - 2 * HOUR
        shown {
            it.says("Everything is working")
            it.says("The last time: 2 hours ago.")
            it.says("2 days old")
        }
    }

    @Test
    fun `each thing that is wrong has a button`() {
        parts.choices.welcomed = true
        parts.choices.protection = false
        offerRole()
        allowNotices(false)
        app.now = NOW + 300 * 24 * HOUR
        shown {
            it.says("5 things need a look.")
            val buttons = it.activity.views().filterIsInstance<Button>().map { button -> button.text.toString() }
            assertEquals(
                listOf("Back", "Let it check calls", "Switch it on", "Allow warnings", "About what it knows", "Look again", "Open the app's page"),
                buttons,
            )
        }
    }

    @Test
    fun `what is mended turns green`() {
        protectedPhone()
        parts.choices.protection = false
        parts.choices.lastAsked = app.now
        shown {
            it.says("1 thing needs a look.")
            it.tap("Switch it on")
            it.says("Everything is working")
        }
    }

    @Test
    fun `it was never asked, until somebody unknown rings`() {
        protectedPhone()
        shown {
            it.says("not about your contacts")
            parts.choices.lastAsked = app.now
            it.tap("Look again")
            it.says("The phone has asked it")
        }
    }

    @Test
    fun `the maker's own words, and the app's page`() {
        protectedPhone()
        ReflectionHelpers.setStaticField(android.os.Build::class.java, "MANUFACTURER", "Xiaomi")
        shown {
            it.says(context.getString(R.string.maker_xiaomi))
            it.tap("Open the app's page")
            val intent = checkNotNull(it.started())
            assertEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, intent.action)
            assertEquals("package:${context.packageName}", intent.dataString)
        }
    }

    @Test
    @Config(qualifiers = "en-rGB")
    fun `the database's card`() {
        protectedPhone()
        opened {
            it.activity.go(DatabaseScreen())
            it.says("22 November 2026")
            it.says("That is 2 days ago.")
            it.says("2026.11.22")
            it.says("libphonenumber")
            it.says("For now, updates come with new versions of the app.")
            val fingerprint = parts.ringfence.databases.current().fingerprint
            it.says(fingerprint.take(16).chunked(4).joinToString(" "))
            it.saysNot(fingerprint)
        }
    }

    @Test
    fun `a database that cannot be read is said so`() {
        val file = context.filesDir.resolve("broken.rfdb").apply { writeText("no database") }
        app.make = { it.realParts(Ringfence.open(Parts.folder(context), DatabaseSource.InFile(file))) }
        parts.choices.welcomed = true
        opened {
            it.says("You are not protected")
            it.activity.go(DatabaseScreen())
            it.says("The database on this phone could not be read.")
            it.saysNot("One moment")
        }
    }

    @Test
    fun `about says what it is not`() {
        protectedPhone()
        opened {
            it.activity.go(AboutScreen())
            it.says("So far it has been tested on computers only, not on real phones.")
            it.says("The app cannot use the internet.")
            it.says("MPL 2.0")
        }
    }
}
