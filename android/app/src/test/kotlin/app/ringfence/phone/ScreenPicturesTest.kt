package app.ringfence.phone

import org.junit.Test
import org.robolectric.Robolectric

class ScreenPicturesTest : AppTest() {
    @Test
    fun home() = Pictures.check("home") { draw ->
        Robolectric.buildActivity(MainActivity::class.java).use { draw(it.setup().get()) }
    }
}
