package app.ringfence.phone.home

import android.app.Activity
import android.content.ComponentName
import android.content.pm.PackageManager
import android.provider.Settings
import app.ringfence.Action
import app.ringfence.Category
import app.ringfence.Direction
import app.ringfence.LoggedCall
import app.ringfence.Switch
import app.ringfence.Verdict
import app.ringfence.phone.NOW
import app.ringfence.phone.check.CheckScreen
import app.ringfence.phone.screening.ScreeningService
import app.ringfence.phone.screens.AboutScreen
import app.ringfence.phone.screens.DatabaseScreen
import app.ringfence.phone.screens.HomeScreen
import app.ringfence.phone.screens.LogScreen
import app.ringfence.phone.screens.SelfTestScreen
import app.ringfence.phone.screens.SetUpForSomeoneScreen
import app.ringfence.phone.screens.SettingsScreen
import app.ringfence.phone.screens.SwitchOffScreen
import app.ringfence.phone.screens.TestNumberScreen
import app.ringfence.phone.screens.Week
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf

class HomeScreenTest : PhoneTest() {
    @Test
    fun `a phone that is protected`() {
        protectedPhone()
        opened {
            it.says("You are protected")
            it.says("Nothing to report this week.")
            assertTrue(it.choice("Check my calls").isChecked)
        }
    }

    @Test
    fun `the role is lost, and found again`() {
        protectedPhone()
        opened {
            loseRole()
            it.comeBack()
            it.says("You are not protected")
            it.tap("Let it check calls")
            val asked = checkNotNull(it.started())
            assertEquals("android.app.role.action.REQUEST_ROLE", asked.action)
            holdRole()
            shadowOf(it.activity).receiveResult(asked, Activity.RESULT_OK, null)
            it.comeBack()
            it.says("You are protected")
        }
    }

    @Test
    fun `whoever refuses is shown where it can be allowed later`() {
        protectedPhone()
        loseRole()
        opened {
            it.tap("Let it check calls")
            shadowOf(it.activity).receiveResult(checkNotNull(it.started()), Activity.RESULT_CANCELED, null)
            it.comeBack()
            it.says("The phone did not allow it.")
            it.tap("Open the phone's settings")
            assertEquals(Settings.ACTION_MANAGE_DEFAULT_APPS_SETTINGS, it.started()?.action)
        }
    }

    @Test
    fun `a phone that lets no app check calls`() {
        parts.choices.welcomed = true
        opened {
            it.says("You are not protected")
            it.says("Calls cannot be checked here.")
        }
    }

    @Test
    fun `a service that was switched off is switched on`() {
        protectedPhone()
        val service = ComponentName(context, ScreeningService::class.java)
        context.packageManager.setComponentEnabledSetting(service, PackageManager.COMPONENT_ENABLED_STATE_DISABLED, PackageManager.DONT_KILL_APP)
        opened {
            it.says("You are not protected")
            it.tap("Switch it on")
            it.says("You are protected")
        }
    }

    @Test
    fun `warnings that cannot be shown`() {
        protectedPhone()
        allowNotices(false)
        opened {
            it.says("Warnings cannot be shown")
            it.saysNot("You are not protected")
            it.tap("Allow warnings")
            val intent = checkNotNull(it.started())
            assertEquals(Settings.ACTION_APP_NOTIFICATION_SETTINGS, intent.action)
            assertEquals(context.packageName, intent.getStringExtra(Settings.EXTRA_APP_PACKAGE))
        }
    }

    @Test
    fun `protection is not switched off by one tap`() {
        protectedPhone()
        opened {
            it.choice("Check my calls").performClick()
            assertTrue(parts.choices.protection)
            assertTrue(it.top is SwitchOffScreen)
            it.says("Did a caller tell you to do this?")
            it.says("Fraudsters ask for this. Hang up.")
            it.tap("Keep it on")
            assertTrue(parts.choices.protection)
            assertTrue(it.choice("Check my calls").isChecked)
            it.choice("Check my calls").performClick()
            it.activity.back()
            assertTrue(parts.choices.protection)
        }
    }

    @Test
    fun `it is switched off by two, and on by one`() {
        protectedPhone()
        opened {
            it.choice("Check my calls").performClick()
            it.tap("Switch it off")
            assertFalse(parts.choices.protection)
            it.says("You are not protected")
            assertFalse(it.choice("Check my calls").isChecked)
            it.choice("Check my calls").performClick()
            assertTrue(parts.choices.protection)
            it.says("You are protected")
            parts.choices.protection = false
            it.comeBack()
            it.tap("Switch it on")
            assertTrue(parts.choices.protection)
            it.says("You are protected")
        }
    }

    @Test
    fun `the question survives turning the phone`() {
        protectedPhone()
        opened {
            it.choice("Check my calls").performClick()
            it.rotate()
            it.says("Did a caller tell you to do this?")
            it.tap("Keep it on")
            it.says("You are protected")
        }
    }

    @Test
    fun `what happened this week`() {
        protectedPhone()
        parts.ringfence.settings.change { it.copy(switches = mapOf(Category.PAGER to Switch.SILENCE)) }
        rang(FAKED, 1)
        rang("07700 900124", 20)
        rang(PAGER, 30)
        rang(STRANGER, 40)
        rang(null, 50)
        rang(STRANGER, 8 * 24)
        opened {
            val week = it.texts.dropWhile { text -> text != "What happened this week" }.takeWhile { text -> text != "More" }.drop(1)
            assertEquals(
                listOf("2 calls were rejected", "1 call was silenced", "1 call rang with a warning", "1 call was let through"),
                week,
            )
        }
    }

    @Test
    fun `a phone that writes no calls down`() {
        protectedPhone()
        parts.ringfence.settings.change { it.copy(callLog = false) }
        opened { it.says("Calls are not written down on this phone.") }
    }

    @Test
    fun `only calls that came in, in the last seven days`() {
        val calls = listOf(
            logged(0, Action.WARN),
            logged(7 * 24, Action.WARN),
            logged(7 * 24 + 1, Action.WARN),
            logged(-1, Action.WARN),
            logged(3, Action.ALLOW, direction = Direction.OUTGOING),
            logged(4, Action.REJECT),
        )
        assertEquals(mapOf(Action.WARN to 2, Action.REJECT to 1), Week.counts(calls, NOW))
    }

    @Test
    fun `which call somebody asks about`() {
        val latest = logged(2, Action.WARN)
        val calls = listOf(
            logged(1, Action.REJECT),
            logged(1, Action.ALLOW, Category.KNOWN),
            logged(1, Action.ALLOW, direction = Direction.OUTGOING),
            latest,
            logged(3, Action.ALLOW),
        )
        assertEquals(latest, Week.recentStranger(calls, NOW))
        assertNull(Week.recentStranger(listOf(logged(7, Action.WARN)), NOW))
        assertNull(Week.recentStranger(emptyList(), NOW))
    }

    @Test
    fun `was that a scam is about the latest stranger`() {
        protectedPhone()
        opened {
            it.tap("Was that a scam?")
            assertTrue(it.top is CheckScreen)
            assertEquals(0, it.top.state.getLong("call_at"))
        }
        rang(PAGER, 1)
        opened {
            it.says("About the call at ")
            it.tap("Was that a scam?")
            assertEquals((app.now - HOUR) / 1000, it.top.state.getLong("call_at") / 1000)
        }
    }

    @Test
    fun `each row leads to its screen`() {
        protectedPhone()
        val rows = mapOf(
            "Recent calls" to LogScreen::class,
            "Test a number" to TestNumberScreen::class,
            "Settings" to SettingsScreen::class,
            "Is it working?" to SelfTestScreen::class,
            "Set it up for someone" to SetUpForSomeoneScreen::class,
            "What it knows" to DatabaseScreen::class,
            "About Ringfence" to AboutScreen::class,
        )
        opened {
            for ((words, screen) in rows) {
                it.tap(words)
                assertEquals(screen, it.top::class)
                it.activity.back()
                assertEquals(HomeScreen::class, it.top::class)
            }
        }
    }

    @Test
    fun `settings that could not be read are replaced by the usual ones`() {
        breakSettings()
        holdRole()
        allowNotices(true)
        parts.choices.welcomed = true
        opened {
            it.says("Your settings could not be read")
            it.tap("Use the usual settings")
            it.says("You are protected")
        }
        assertNull(parts.ringfence.status().unreadableSettings)
    }

    @Test
    fun `a database grows old`() {
        protectedPhone()
        app.now = NOW + 58 * 24 * HOUR
        opened {
            it.says("What it knows is getting old")
            it.says("60 days old")
            it.tap("About what it knows")
            assertTrue(it.top is DatabaseScreen)
        }
        app.now = NOW + 178 * 24 * HOUR
        opened { it.says("What it knows is too old") }
    }

    private fun logged(hoursAgo: Long, action: Action, category: Category = Category.NOTHING_KNOWN, direction: Direction = Direction.INCOMING) =
        LoggedCall(id = 1, at = NOW - hoursAgo * HOUR, direction = direction, verdict = Verdict(action, category = category))
}
