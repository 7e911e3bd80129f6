package app.ringfence.phone.notices

import android.app.Activity
import android.app.Notification
import android.widget.LinearLayout
import app.ringfence.phone.AppTest
import app.ringfence.phone.Pictures
import app.ringfence.phone.R
import app.ringfence.phone.screening.FILM
import app.ringfence.phone.screening.ONE_RING
import app.ringfence.phone.screening.STRANGER
import app.ringfence.phone.screening.Telecom
import app.ringfence.phone.screening.onAndroid10
import app.ringfence.phone.screening.shownNotices
import org.junit.Test
import org.robolectric.Robolectric

/** The notices as the framework draws them, folded and unfolded. The system puts its own frame around them. */
class NoticePicturesTest : AppTest() {
    @Test
    fun notices() = Pictures.check("notices") { draw ->
        british()
        val telecom = Telecom()
        telecom.ring(ONE_RING)
        app.now += 1000
        telecom.ring(FILM)
        app.now += 1000
        telecom.dial(ONE_RING)
        app.now += 1000
        onAndroid10 { telecom.ring(STRANGER) }
        Robolectric.buildActivity(Activity::class.java).use { controller ->
            val activity = controller.get()
            activity.setTheme(R.style.Ringfence)
            val column = LinearLayout(activity)
            column.orientation = LinearLayout.VERTICAL
            shownNotices(context).forEach { shown ->
                val notice = Notification.Builder.recoverBuilder(activity, shown.notification)
                for (view in listOf(notice.createContentView(), notice.createBigContentView())) {
                    column.addView(view.apply(activity, column))
                }
            }
            activity.setContentView(column)
            draw(controller.setup().get())
        }
        app.now += 1000
    }
}
