package app.ringfence.phone.selftest

import app.ringfence.R
import java.util.Locale

/** What to look for in a phone's settings, which each maker has made its own. */
object Makers {
    private val known = mapOf(
        "xiaomi" to R.string.maker_xiaomi,
        "redmi" to R.string.maker_xiaomi,
        "poco" to R.string.maker_xiaomi,
        "huawei" to R.string.maker_huawei,
        "honor" to R.string.maker_huawei,
        "samsung" to R.string.maker_samsung,
        "oppo" to R.string.maker_oppo,
        "realme" to R.string.maker_oppo,
        "vivo" to R.string.maker_vivo,
        "oneplus" to R.string.maker_oneplus,
    )

    /** A string for the maker that `Build.MANUFACTURER` names. */
    fun hint(maker: String): Int = known[maker.trim().lowercase(Locale.ROOT)] ?: R.string.maker_other
}
