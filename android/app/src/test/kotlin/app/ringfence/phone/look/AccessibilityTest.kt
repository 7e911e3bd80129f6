package app.ringfence.phone.look

import android.app.Activity
import android.text.Spanned
import android.text.style.AbsoluteSizeSpan
import android.text.style.RelativeSizeSpan
import android.util.TypedValue
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.TextView
import app.ringfence.phone.home.PhoneTest
import app.ringfence.phone.home.views
import org.junit.Assert.assertEquals
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import kotlin.math.roundToInt

/** What holds for every screen: it can be hit, read, and read out. */
class AccessibilityTest : PhoneTest() {
    @Test
    fun `all screens`() = check()

    @Test
    fun `all screens, with type twice as large and from right to left`() {
        RuntimeEnvironment.setQualifiers("+ar-rXB-ldrtl-w360dp-h640dp")
        RuntimeEnvironment.setFontScale(2f)
        check()
    }

    @Test
    fun `all screens of a phone on which nothing is well`() {
        app.now += 400L * 24 * HOUR
        check(well = false)
    }

    private fun check(well: Boolean = true) {
        if (well) protectedPhone() else parts.choices.welcomed = true
        rang(PAGER, 1)
        val wrong = ArrayList<String>()
        for ((name, make) in AllScreens.all) {
            opened { phone ->
                phone.activity.go(make())
                layOut(phone.activity)
                wrong += wrongWith(phone.activity).map { "$name: $it" }
            }
        }
        assertEquals(emptyList<String>(), wrong)
    }

    private fun wrongWith(activity: Activity): List<String> {
        val views = activity.views().filter { it.isShown }
        val targets = views.filter { it.isClickable && it.isEnabled }
        val small = targets.filter { dp(it.width) < TARGET || dp(it.height) < TARGET }
        val nameless = targets.filter { nameOf(it).isNullOrBlank() }
        val texts = views.filterIsInstance<TextView>().filter { it.text.isNotEmpty() }
        val tiny = texts.filter { smallest(it) < TYPE }
        val cut = texts.filter { it.layout != null && it !is EditText && it.layout.height + it.compoundPaddingTop + it.compoundPaddingBottom > it.height + 1 }
        val headings = views.filter { it.isAccessibilityHeading }
        return small.map { "too small to hit, ${dp(it.width)} x ${dp(it.height)} dp: ${nameOf(it)}" } +
            nameless.map { "nothing to read out: ${it.javaClass.simpleName}" } +
            tiny.map { "type of ${smallest(it)} sp: ${it.text}" } +
            cut.map { "cut off: ${it.text}" } +
            listOfNotNull("no heading".takeIf { headings.isEmpty() })
    }

    private fun nameOf(view: View): CharSequence? = when {
        !view.contentDescription.isNullOrBlank() -> view.contentDescription
        // A field is named by the words above it.
        view is EditText -> labels(view.rootView).filterIsInstance<TextView>().find { it.labelFor == view.id }?.text
        view is TextView -> view.text
        else -> null
    }

    private fun labels(view: View): List<View> =
        listOf(view) + if (view is ViewGroup) (0 until view.childCount).flatMap { labels(view.getChildAt(it)) } else emptyList()

    /** The smallest type in a view, in sp. */
    private fun smallest(view: TextView): Int {
        val spanned = view.text as? Spanned
        val smaller = spanned?.getSpans(0, spanned.length, RelativeSizeSpan::class.java).orEmpty().minOfOrNull { it.sizeChange } ?: 1f
        val absolute = spanned?.getSpans(0, spanned.length, AbsoluteSizeSpan::class.java).orEmpty()
        check(absolute.isEmpty()) { "type of a fixed size does not grow" }
        // From Android 14 on large type grows less than small type does.
        val size = TypedValue.deriveDimension(TypedValue.COMPLEX_UNIT_SP, view.textSize, view.resources.displayMetrics)
        return (size * minOf(1f, smaller)).roundToInt()
    }

    private fun dp(pixels: Int): Int = (pixels / context.resources.displayMetrics.density).roundToInt()

    /** As long as it is, on a phone of 360 dp. */
    private fun layOut(activity: Activity) {
        val root = checkNotNull(activity.findViewById<ViewGroup>(android.R.id.content)).getChildAt(0)
        val width = (PHONE * activity.resources.displayMetrics.density).roundToInt()
        root.measure(
            View.MeasureSpec.makeMeasureSpec(width, View.MeasureSpec.EXACTLY),
            View.MeasureSpec.makeMeasureSpec(0, View.MeasureSpec.UNSPECIFIED),
        )
        root.layout(0, 0, width, root.measuredHeight)
    }

    private companion object {
        const val TARGET = 48
        const val TYPE = 16
        const val PHONE = 360
    }
}
