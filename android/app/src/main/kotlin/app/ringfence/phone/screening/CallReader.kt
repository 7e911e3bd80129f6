package app.ringfence.phone.screening

import android.net.Uri
import android.os.Build
import android.telecom.Call.Details
import app.ringfence.Call
import app.ringfence.Direction
import app.ringfence.Presentation
import app.ringfence.Verification

/** Reads what the system tells of a call. Anything can stand in it: the caller's network writes it. */
object CallReader {
    private const val TEL = "tel"
    private const val CONTEXT = ";phone-context="

    /** The call of [details]. */
    fun call(details: Details): Call = Call(
        number = number(details.handle),
        presentation = Presentation.of(details.handlePresentation),
        verification = when {
            Build.VERSION.SDK_INT >= Build.VERSION_CODES.R -> Verification.of(details.callerNumberVerificationStatus)
            else -> Verification.NOT_VERIFIED
        },
        direction = Direction.of(details.callDirection),
    )

    /**
     * What [handle] says of the number, as the core reads it: what was dialled or shown without the
     * `tel:` around it, an internet address as it is; null if there is nothing.
     */
    fun number(handle: Uri?): String? {
        if (handle == null) return null
        val tel = TEL.equals(handle.scheme, ignoreCase = true)
        val text = if (tel) telephone(handle.schemeSpecificPart.orEmpty()) else Uri.decode(handle.toString())
        return text?.trim()?.ifEmpty { null }
    }

    /** The number of a `tel:` URI without its parameters, but for the calling code that one of them may hold. */
    private fun telephone(text: String): String? {
        val whole = text.removePrefix("//")
        // What is dialled later, after a pause, is no part of the number.
        val number = whole.takeWhile { it != ';' && it != ',' }
        val context = whole.substringAfter(CONTEXT, "").substringBefore(';')
        val local = number.isNotBlank() && !number.trim().startsWith('+')
        return if (local && context.startsWith('+')) number + CONTEXT + context else number
    }
}
