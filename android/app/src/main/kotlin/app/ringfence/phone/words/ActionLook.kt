package app.ringfence.phone.words

import app.ringfence.Action
import app.ringfence.R
import app.ringfence.phone.ui.Tone

/** How what was done with a call looks in a list: an icon beside words, in a colour. */
object ActionLook {
    /** A drawable. */
    fun icon(a: Action): Int = when (a) {
        Action.ALLOW -> R.drawable.ic_phone
        Action.WARN -> R.drawable.ic_warning
        Action.SILENCE -> R.drawable.ic_silent
        Action.REJECT -> R.drawable.ic_stop
    }

    /** The colour of the icon and the words. */
    fun tone(a: Action): Tone = when (a) {
        Action.ALLOW -> Tone.PLAIN
        Action.WARN -> Tone.CAREFUL
        Action.SILENCE, Action.REJECT -> Tone.DANGER
    }

    /** A string: "It rang" and so on. */
    fun words(a: Action): Int = when (a) {
        Action.ALLOW -> R.string.action_allow
        Action.WARN -> R.string.action_warn
        Action.SILENCE -> R.string.action_silence
        Action.REJECT -> R.string.action_reject
    }
}
