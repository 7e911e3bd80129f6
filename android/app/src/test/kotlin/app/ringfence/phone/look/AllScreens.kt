package app.ringfence.phone.look

import app.ringfence.Category
import app.ringfence.phone.NOW
import app.ringfence.phone.check.CheckScreen
import app.ringfence.phone.screens.AboutScreen
import app.ringfence.phone.screens.BackupScreen
import app.ringfence.phone.screens.CategoriesScreen
import app.ringfence.phone.screens.CategoryScreen
import app.ringfence.phone.screens.DatabaseScreen
import app.ringfence.phone.screens.FirstRunScreen
import app.ringfence.phone.screens.ForHelperScreen
import app.ringfence.phone.screens.ForgetScreen
import app.ringfence.phone.screens.HomeRegionScreen
import app.ringfence.phone.screens.HomeScreen
import app.ringfence.phone.screens.ListScreen
import app.ringfence.phone.screens.LogScreen
import app.ringfence.phone.screens.SelfTestScreen
import app.ringfence.phone.screens.SetUpForSomeoneScreen
import app.ringfence.phone.screens.SettingsScreen
import app.ringfence.phone.screens.SwitchOffScreen
import app.ringfence.phone.screens.TestNumberScreen
import app.ringfence.phone.screens.WhyScreen
import app.ringfence.phone.ui.Screen

/** Every screen of the app, for what must hold for all of them. A new screen is added here. */
object AllScreens {
    /** When the call was that [WhyScreen] and [CheckScreen] are about; it has to be in the log. */
    const val CALL_AT = NOW - 60 * 60 * 1000L

    /** Each by a name, made anew. */
    val all: Map<String, () -> Screen> = mapOf(
        "home" to { HomeScreen() },
        "first run 1" to { FirstRunScreen() },
        "first run 2" to { FirstRunScreen().apply { state.putInt("step", 1) } },
        "first run 3" to { FirstRunScreen().apply { state.putInt("step", 2) } },
        "switch off" to { SwitchOffScreen() },
        "for the helper" to { ForHelperScreen() },
        "set up for someone" to { SetUpForSomeoneScreen() },
        "self-test" to { SelfTestScreen() },
        "database" to { DatabaseScreen() },
        "about" to { AboutScreen() },
        "check" to { CheckScreen.about(CALL_AT) },
        "log" to { LogScreen() },
        "why" to { WhyScreen.about(CALL_AT) },
        "test a number" to { TestNumberScreen() },
        "settings" to { SettingsScreen() },
        "kinds of calls" to { CategoriesScreen() },
        "one kind of call" to { CategoryScreen.of(Category.HIDDEN) },
        "always rings" to { ListScreen.ofAllowed() },
        "never rings" to { ListScreen.ofBlocked() },
        "home region" to { HomeRegionScreen() },
        "a file of settings" to { BackupScreen() },
        "forget everything" to { ForgetScreen() },
    )
}
