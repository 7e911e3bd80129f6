package app.ringfence.phone.ui

import android.content.Context
import android.widget.LinearLayout

/** A column that is not wider than can be read well: [most], in pixels. */
internal class Column(context: Context, private val most: Int) : LinearLayout(context) {
    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        val width = minOf(MeasureSpec.getSize(widthMeasureSpec), most)
        super.onMeasure(MeasureSpec.makeMeasureSpec(width, MeasureSpec.EXACTLY), heightMeasureSpec)
    }
}
