package app.ringfence.phone.ui

import android.content.Context
import android.content.res.ColorStateList
import android.graphics.Typeface
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.RippleDrawable
import android.graphics.text.LineBreaker
import android.os.Build
import android.text.Editable
import android.text.InputType
import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.TextWatcher
import android.text.style.ForegroundColorSpan
import android.text.style.RelativeSizeSpan
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.view.accessibility.AccessibilityNodeInfo
import android.view.inputmethod.EditorInfo
import android.widget.Button
import android.widget.CheckBox
import android.widget.CompoundButton
import android.widget.EditText
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.RadioButton
import android.widget.Switch
import android.widget.TextView
import app.ringfence.R

/**
 * A column of what a person sees and taps, from top to bottom. All sizes and colours of the app are
 * here: text from 16 sp, targets from 56 dp, a colour never without words.
 *
 * @property column where it all goes.
 */
class Page(private val context: Context, val column: LinearLayout) {
    init {
        column.orientation = LinearLayout.VERTICAL
    }

    /** The words of [id]. */
    fun words(id: Int, vararg with: Any): String = context.getString(id, *with)

    /** The words of [id] for [count], with [with] filled in. */
    fun count(id: Int, count: Int, vararg with: Any): String = context.resources.getQuantityString(id, count, *with)

    /** The largest words of a screen. */
    fun title(text: CharSequence, tone: Tone = Tone.PLAIN): TextView = text(text, 28f, tone.text).heading()

    /** A headline inside a screen. */
    fun heading(text: CharSequence, tone: Tone = Tone.PLAIN): TextView =
        text(text, 20f, tone.text, above = if (column.childCount == 0) 12 else 20).heading()

    /** A paragraph. */
    fun text(text: CharSequence, tone: Tone = Tone.PLAIN): TextView = text(text, 18f, tone.text)

    /** A paragraph of less weight. */
    fun quiet(text: CharSequence): TextView = text(text, 16f, R.color.text_quiet)

    /** A button as wide as the page; [big] where there is little else. */
    fun button(text: CharSequence, look: Look = Look.MAIN, big: Boolean = false, onTap: (View) -> Unit): Button {
        val button = Button(context, null, 0, android.R.style.Widget_Material_Button_Borderless)
        button.text = text
        button.isAllCaps = false
        button.setTextColor(colour(look.text))
        button.textSize = if (look == Look.LINK) 17f else if (big) 24f else 19f
        button.typeface = MEDIUM
        button.gravity = if (look == Look.LINK) Gravity.START or Gravity.CENTER_VERTICAL else Gravity.CENTER
        button.minHeight = dp(if (look == Look.LINK) 48 else if (big) 96 else 60)
        button.stateListAnimator = null
        button.background = ripple(box(look.ground, look.line))
        val side = if (look == Look.LINK) 4 else 20
        button.setPadding(dp(side), dp(12), dp(side), dp(12))
        button.setOnClickListener(onTap)
        return add(button, above = if (look == Look.LINK) 4 else 12)
    }

    /** A row that leads somewhere: an icon, words, and less weighty words below. */
    fun row(text: CharSequence, below: CharSequence? = null, icon: Int? = null, tone: Tone = Tone.PLAIN, onTap: () -> Unit): View {
        val row = LinearLayout(context)
        row.gravity = Gravity.CENTER_VERTICAL
        row.minimumHeight = dp(64)
        row.background = ripple(box(R.color.card, null))
        row.setPadding(dp(16), dp(12), dp(12), dp(12))
        icon?.let { row.addView(icon(it, if (tone == Tone.PLAIN) R.color.accent else tone.text, 28).spaced(end = 16)) }
        val words = LinearLayout(context)
        Page(context, words).apply {
            text(text, 18f, tone.text, above = 0)
            below?.let { text(it, 16f, R.color.text_quiet, above = 2) }
        }
        row.addView(words, LinearLayout.LayoutParams(0, ViewGroup.LayoutParams.WRAP_CONTENT, 1f))
        row.addView(icon(R.drawable.ic_forward, R.color.text_quiet, 20))
        row.setOnClickListener { onTap() }
        row.isFocusable = true
        row.asOne(listOfNotNull(text, below), Button::class.java.name)
        return add(row, above = 8)
    }

    /** Two short texts, the name of something and what it is. */
    fun fact(name: CharSequence, value: CharSequence) {
        val fact = LinearLayout(context)
        Page(context, fact).apply {
            text(name, 16f, R.color.text_quiet, above = 0)
            text(value, 18f, R.color.text, above = 0)
        }
        fact.asOne(listOf(name, value), null)
        add(fact, above = 12)
    }

    /** A switch with its words. */
    fun switch(text: CharSequence, below: CharSequence? = null, on: Boolean, onChange: (Boolean) -> Unit): Switch {
        val switch = Switch(context)
        switch.text = withBelow(text, below)
        switch.isChecked = on
        val states = arrayOf(intArrayOf(android.R.attr.state_checked), intArrayOf())
        switch.thumbTintList = ColorStateList(states, intArrayOf(colour(R.color.accent), colour(R.color.text_quiet)))
        switch.trackTintList = ColorStateList(states, intArrayOf(colour(R.color.accent), colour(R.color.text_quiet)))
        switch.setOnCheckedChangeListener { _, now -> onChange(now) }
        return choiceLike(switch)
    }

    /** One of several to be chosen. */
    fun choice(text: CharSequence, below: CharSequence? = null, chosen: Boolean, onChoose: () -> Unit): RadioButton {
        val choice = RadioButton(context)
        choice.text = withBelow(text, below)
        choice.isChecked = chosen
        choice.setOnClickListener { onChoose() }
        return choiceLike(choice)
    }

    /** Something to tick. */
    fun tick(text: CharSequence, ticked: Boolean, onChange: (Boolean) -> Unit): CheckBox {
        val tick = CheckBox(context)
        tick.text = text
        tick.isChecked = ticked
        tick.setOnCheckedChangeListener { _, now -> onChange(now) }
        return choiceLike(tick)
    }

    /** A place to write, with its name above it. */
    fun field(
        name: CharSequence,
        written: String,
        lines: Int = 1,
        type: Int = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_CAP_SENTENCES,
        onWrite: (String) -> Unit,
    ): EditText {
        val label = text(name, 16f, R.color.text_quiet, above = 16)
        val field = EditText(context)
        field.id = View.generateViewId()
        label.labelFor = field.id
        field.setText(written)
        field.setTextColor(colour(R.color.text))
        field.textSize = 18f
        field.inputType = if (lines > 1) type or InputType.TYPE_TEXT_FLAG_MULTI_LINE else type
        field.minLines = lines
        field.gravity = Gravity.START or if (lines > 1) Gravity.TOP else Gravity.CENTER_VERTICAL
        // It would take the place of the lines.
        if (lines == 1) field.minHeight = dp(56)
        field.background = box(R.color.card, R.color.text_quiet)
        field.setPadding(dp(16), dp(12), dp(16), dp(12))
        // What is written here is nobody else's business.
        field.importantForAutofill = View.IMPORTANT_FOR_AUTOFILL_NO
        field.imeOptions = field.imeOptions or EditorInfo.IME_FLAG_NO_PERSONALIZED_LEARNING
        // The screen keeps it.
        field.isSaveEnabled = false
        field.addTextChangedListener(object : TextWatcher {
            override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit
            override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit
            override fun afterTextChanged(text: Editable?) = onWrite(text.toString())
        })
        return add(field, above = 6)
    }

    /** A box that holds what belongs together. */
    fun card(tone: Tone = Tone.PLAIN, build: Page.() -> Unit): LinearLayout {
        val card = LinearLayout(context)
        card.background = box(tone.ground, null)
        card.setPadding(dp(18), dp(6), dp(18), dp(18))
        Page(context, card).build()
        return add(card, above = 14)
    }

    /** An icon with a headline beside it, in a colour that says how it stands. */
    fun banner(icon: Int, text: CharSequence, tone: Tone): View {
        val banner = LinearLayout(context)
        banner.gravity = Gravity.CENTER_VERTICAL
        banner.addView(icon(icon, tone.text, 44).spaced(end = 16))
        val words = LinearLayout(context)
        Page(context, words).text(text, 24f, tone.text, above = 0).heading().typeface = MEDIUM
        banner.addView(words, LinearLayout.LayoutParams(0, ViewGroup.LayoutParams.WRAP_CONTENT, 1f))
        return add(banner, above = 12)
    }

    /** An icon with a sentence beside it, and less weighty words below: one point of several. */
    fun point(icon: Int, text: CharSequence, tone: Tone = Tone.PLAIN, below: CharSequence? = null): View {
        val point = LinearLayout(context)
        point.addView(icon(icon, if (tone == Tone.PLAIN) R.color.accent else tone.text, 28).spaced(end = 14))
        val words = LinearLayout(context)
        Page(context, words).apply {
            text(text, 18f, tone.text, above = 0)
            below?.let { text(it, 16f, R.color.text_quiet, above = 2) }
        }
        point.addView(words, LinearLayout.LayoutParams(0, ViewGroup.LayoutParams.WRAP_CONTENT, 1f))
        return add(point, above = 12)
    }

    /** Something that is folded until it is tapped. [onFold] tells the screen, which shows itself anew. */
    fun folded(text: CharSequence, open: Boolean, onFold: (Boolean) -> Unit, build: Page.() -> Unit) {
        val button = button(text, Look.LINK) { onFold(!open) }
        val icon = context.getDrawable(if (open) R.drawable.ic_less else R.drawable.ic_more)?.mutate()
        icon?.setTint(colour(R.color.accent))
        icon?.setBounds(0, 0, dp(24), dp(24))
        button.setCompoundDrawablesRelative(null, null, icon, null)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            button.stateDescription = words(if (open) R.string.unfolded else R.string.is_folded)
        }
        if (open) build()
    }

    /** A view of any other kind. */
    fun <V : View> add(view: V, above: Int): V {
        val params = LinearLayout.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.WRAP_CONTENT)
        params.topMargin = dp(above)
        column.addView(view, params)
        return view
    }

    private fun text(text: CharSequence, size: Float, colour: Int, above: Int = 10): TextView {
        val view = TextView(context)
        view.text = text
        view.textSize = size
        view.setTextColor(colour(colour))
        view.setLineSpacing(0f, 1.15f)
        view.textAlignment = View.TEXT_ALIGNMENT_VIEW_START
        view.breakStrategy = LineBreaker.BREAK_STRATEGY_HIGH_QUALITY
        return add(view, above)
    }

    private fun TextView.heading(): TextView {
        typeface = MEDIUM
        isAccessibilityHeading = true
        return this
    }

    private fun withBelow(text: CharSequence, below: CharSequence?): CharSequence {
        if (below == null) return text
        val both = SpannableStringBuilder(text).append("\n").append(below)
        val from = text.length + 1
        val flag = Spanned.SPAN_EXCLUSIVE_EXCLUSIVE
        both.setSpan(RelativeSizeSpan(16f / 18f), from, both.length, flag)
        both.setSpan(ForegroundColorSpan(colour(R.color.text_quiet)), from, both.length, flag)
        return both
    }

    private fun <V : CompoundButton> choiceLike(view: V): V {
        view.textSize = 18f
        view.setTextColor(colour(R.color.text))
        view.minHeight = dp(56)
        // Else words in another script than the language's go to the other side.
        view.textAlignment = View.TEXT_ALIGNMENT_VIEW_START
        view.setPaddingRelative(dp(if (view is Switch) 0 else 8), dp(8), 0, dp(8))
        if (view !is Switch) {
            val states = arrayOf(intArrayOf(android.R.attr.state_checked), intArrayOf())
            view.buttonTintList = ColorStateList(states, intArrayOf(colour(R.color.accent), colour(R.color.text_quiet)))
        }
        return add(view, above = 4)
    }

    private fun icon(id: Int, tint: Int, size: Int): ImageView {
        val view = ImageView(context)
        view.setImageResource(id)
        view.imageTintList = ColorStateList.valueOf(colour(tint))
        view.importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
        view.layoutParams = LinearLayout.LayoutParams(dp(size), dp(size))
        return view
    }

    private fun ImageView.spaced(end: Int): ImageView {
        (layoutParams as LinearLayout.LayoutParams).marginEnd = dp(end)
        return this
    }

    /** Read out as one thing, in this order; [role] is the class that TalkBack takes it for. */
    private fun View.asOne(texts: List<CharSequence>, role: String?) {
        contentDescription = texts.joinToString("\n")
        (this as ViewGroup).let { group ->
            for (i in 0 until group.childCount) {
                group.getChildAt(i).importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS
            }
        }
        if (role == null) return
        accessibilityDelegate = object : View.AccessibilityDelegate() {
            override fun onInitializeAccessibilityNodeInfo(host: View, info: AccessibilityNodeInfo) {
                super.onInitializeAccessibilityNodeInfo(host, info)
                info.className = role
            }
        }
    }

    private fun box(ground: Int?, line: Int?): Drawable {
        val box = GradientDrawable()
        box.cornerRadius = dp(14).toFloat()
        box.setColor(ground?.let { colour(it) } ?: 0)
        line?.let { box.setStroke(dp(2), colour(it)) }
        return box
    }

    private fun ripple(content: Drawable): Drawable {
        val mask = GradientDrawable()
        mask.cornerRadius = dp(14).toFloat()
        mask.setColor(-1)
        return RippleDrawable(ColorStateList.valueOf(colour(R.color.text) and 0x33FFFFFF), content, mask)
    }

    private fun colour(id: Int): Int = context.getColor(id)

    private fun dp(value: Int): Int = Math.round(value * context.resources.displayMetrics.density)

    private companion object {
        val MEDIUM: Typeface = Typeface.create("sans-serif-medium", Typeface.NORMAL)
    }
}

/** How something stands: the colour of words and of the ground that they are on. */
enum class Tone(internal val text: Int, internal val ground: Int) {
    /** Neither good nor bad. */
    PLAIN(R.color.text, R.color.card),

    /** As it should be. */
    GOOD(R.color.good, R.color.good_soft),

    /** To be looked at. */
    CAREFUL(R.color.careful, R.color.careful_soft),

    /** Urgent. */
    DANGER(R.color.danger, R.color.danger_soft),
}

/** How a button looks. */
enum class Look(internal val text: Int, internal val ground: Int?, internal val line: Int?) {
    /** What most people want to do here. */
    MAIN(R.color.on_accent, R.color.accent, null),

    /** Something else that one can do here. */
    OTHER(R.color.accent, null, R.color.accent),

    /** Urgent. */
    DANGER(R.color.on_danger, R.color.danger, null),

    /** A side way. */
    LINK(R.color.accent, null, null),
}
