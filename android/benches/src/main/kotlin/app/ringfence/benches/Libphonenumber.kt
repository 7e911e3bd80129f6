package app.ringfence.benches

import com.google.i18n.phonenumbers.NumberParseException
import com.google.i18n.phonenumbers.PhoneNumberUtil
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType

/** A screener as others write it: libphonenumber, and a set of blocked numbers in memory. */
public class Libphonenumber(private val blocked: Set<String>, private val region: String) {
    private val util = PhoneNumberUtil.getInstance()

    /** Whether to warn of a number: one that is blocked, not valid or costs extra. */
    public fun screen(text: String): Boolean {
        val number = try {
            util.parse(text, region)
        } catch (_: NumberParseException) {
            return true
        }
        val premium = util.getNumberType(number) == PhoneNumberType.PREMIUM_RATE
        return !util.isValidNumber(number) || premium || util.format(number, PhoneNumberFormat.E164) in blocked
    }
}
