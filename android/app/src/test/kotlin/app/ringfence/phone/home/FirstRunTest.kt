package app.ringfence.phone.home

import android.Manifest
import android.app.Activity
import android.telephony.TelephonyManager
import app.ringfence.phone.screens.FirstRunScreen
import app.ringfence.phone.screens.HomeScreen
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

class FirstRunTest : PhoneTest() {
    private val telephony get() = shadowOf(context.getSystemService(TelephonyManager::class.java))

    @Test
    fun `three steps to a protected phone`() {
        offerRole()
        allowNotices(false)
        opened {
            it.says("Step 1 of 3")
            it.says("It does not look at your contacts or your list of calls.")
            it.says("no permission to use the internet at all")
            it.tap("Next")
            it.says("Let it check your calls")
            it.tap("Let it check calls")
            val asked = checkNotNull(it.started())
            holdRole()
            shadowOf(it.activity).receiveResult(asked, Activity.RESULT_OK, null)
            it.comeBack()
            it.says("Your calls are checked")
            it.tap("Next")
            it.says("A call from")
            it.says("Faked number")
            it.says("It was rejected")
            it.tap("Allow warnings")
            assertEquals(listOf(Manifest.permission.POST_NOTIFICATIONS), shadowOf(it.activity).lastRequestedPermission.requestedPermissions.toList())
            allowNotices(true)
            it.comeBack()
            it.says("Warnings can be shown.")
            it.tap("Done")
            assertTrue(it.top is HomeScreen)
            it.says("You are protected")
        }
        assertTrue(parts.choices.welcomed)
        opened { assertTrue(it.top is HomeScreen) }
    }

    @Test
    fun `whoever refuses is told what that means, and can go on`() {
        offerRole()
        opened {
            it.tap("Next")
            it.tap("Let it check calls")
            shadowOf(it.activity).receiveResult(checkNotNull(it.started()), Activity.RESULT_CANCELED, null)
            it.comeBack()
            it.says("It was not allowed")
            it.says("So calls are not checked.")
            it.rotate()
            it.says("It was not allowed")
            it.tap("Go on without it")
            it.says("This is what it looks like")
            it.tap("Done")
            it.says("You are not protected")
        }
    }

    @Test
    fun `a phone that has no such role`() {
        opened {
            it.tap("Next")
            it.says("This phone lets no app check calls")
            it.saysNot("Let it check calls")
            it.tap("Next")
            it.says("Faked number")
        }
    }

    @Test
    fun `there and back, and the phone is turned`() {
        offerRole()
        opened {
            it.tap("Next")
            it.rotate()
            it.says("Step 2 of 3")
            it.tap("Go on without it")
            it.says("Step 3 of 3")
            it.rotate()
            it.says("Faked number")
            it.tap("Back")
            it.says("Step 2 of 3")
            it.activity.back()
            it.says("Step 1 of 3")
            it.tap("Next")
            it.says("Step 2 of 3")
            assertFalse(it.activity.isFinishing)
        }
    }

    @Test
    fun `it can be skipped`() {
        opened {
            it.tap("Skip this")
            assertTrue(it.top is HomeScreen)
        }
        assertTrue(parts.choices.welcomed)
    }

    @Test
    fun `nothing is begun again by going back from home`() {
        opened {
            it.tap("Skip this")
            it.activity.back()
            assertTrue(it.activity.isFinishing)
        }
    }

    @Test
    fun `whoever does not want warnings is told where they can be allowed`() {
        holdRole()
        allowNotices(false)
        opened {
            it.activity.replace(FirstRunScreen().apply { state.putInt("step", 2) })
            it.tap("Allow warnings")
            it.comeBack()
            it.says("Warnings cannot be shown now.")
            it.saysNot("Allow warnings")
            it.tap("Done")
            assertTrue(it.top is HomeScreen)
        }
    }

    @Test
    fun `it learns the country from the SIM`() {
        telephony.setSimCountryIso("de")
        telephony.setNetworkCountryIso("fr")
        opened { assertEquals("DE", parts.ringfence.settings.current().home) }
    }

    @Test
    @Config(qualifiers = "en-rUS")
    fun `without a SIM from the network, and never from the language`() {
        telephony.setSimCountryIso("")
        telephony.setNetworkCountryIso("")
        opened { assertEquals(null, parts.ringfence.settings.current().home) }
        telephony.setNetworkCountryIso("be")
        opened { assertEquals("BE", parts.ringfence.settings.current().home) }
    }

    @Test
    fun `a country that was chosen stays`() {
        british()
        telephony.setSimCountryIso("de")
        opened { assertEquals("GB", parts.ringfence.settings.current().home) }
    }

    @Test
    fun `settings that cannot be read are left alone`() {
        breakSettings()
        telephony.setSimCountryIso("de")
        opened {
            assertNull(parts.ringfence.settings.current().home)
            assertTrue(parts.ringfence.status().unreadableSettings != null)
        }
    }
}
