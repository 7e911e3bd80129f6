package app.ringfence.phone.ui

import android.view.View
import android.view.ViewGroup
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.TextView

/** Where a screen reader is. A screen that is drawn anew has other views, and it goes on at the one that says the same. */
internal object Reading {
    /** What the view says that is being read; null if none is. */
    fun place(root: View): String? = all(root).find { it.isAccessibilityFocused }?.let { said(it) }

    /** Goes on reading at [place]. */
    fun goOn(root: View, place: String?) {
        if (place == null) return
        all(root).find { said(it) == place }?.performAccessibilityAction(AccessibilityNodeInfo.ACTION_ACCESSIBILITY_FOCUS, null)
    }

    private fun said(view: View): String? = (view.contentDescription ?: (view as? TextView)?.text)?.toString()

    private fun all(view: View): Sequence<View> = sequence {
        yield(view)
        if (view is ViewGroup) for (i in 0 until view.childCount) yieldAll(all(view.getChildAt(i)))
    }
}
