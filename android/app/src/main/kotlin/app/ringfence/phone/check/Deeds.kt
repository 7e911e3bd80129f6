package app.ringfence.phone.check

import android.content.Context
import android.content.Intent
import android.net.Uri
import android.provider.Settings
import android.telecom.TelecomManager
import app.ringfence.PhoneAction
import app.ringfence.R
import app.ringfence.RemoteTool
import app.ringfence.ReportTexts

/**
 * Something that the phone can do for a step of the advice.
 *
 * @property words what the button says.
 * @property intent what it opens.
 */
internal class Deed(val words: String, val intent: Intent)

/**
 * What the phone can do for the steps of an advice.
 *
 * @property texts the texts that can be sent.
 * @property tools the programs for remote access that are on the phone.
 */
internal class Deeds(
    private val context: Context,
    private val texts: ReportTexts = ReportTexts(),
    private val tools: List<RemoteTool> = emptyList(),
) {
    /** What can be done for [action]; nothing if this phone does not know it. */
    fun of(action: PhoneAction?): List<Deed> = when (action) {
        null -> emptyList()
        is PhoneAction.Dial -> listOf(dial(action.number))
        is PhoneAction.OpenSettings -> listOfNotNull(settings(action.page))
        is PhoneAction.RemoveRemoteTools -> listOfNotNull(tools.firstOrNull()?.let { remove(it) })
        is PhoneAction.SendText -> listOf(send(action.number))
        is PhoneAction.Report -> listOfNotNull(
            Deed(words(R.string.check_share_report), share(texts.authority, words(R.string.check_share_report))),
            action.phone?.let { dial(it) },
            action.url?.let { page(it, words(R.string.check_open_page_of, action.name)) },
        )
        is PhoneAction.OpenPage -> listOfNotNull(page(action.url, words(R.string.check_open_page)))
    }

    /** Shares the text for the bank. */
    fun tellBank(): Deed = Deed(words(R.string.check_bank_text), share(texts.bank, words(R.string.check_bank_text)))

    /** The page where [tool] can be stopped and removed: an app may not remove another one. */
    fun remove(tool: RemoteTool): Deed = Deed(
        words(R.string.check_remove, tool.name),
        Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", tool.packageName, null)),
    )

    /** The phone's own list of blocked numbers, if it has one. */
    private fun blockedNumbers(): Deed? {
        val list: Intent? = context.getSystemService(TelecomManager::class.java)?.createManageBlockedNumbersIntent()
        return list?.let { Deed(words(R.string.check_open_blocked), it) }
    }

    private fun dial(number: String): Deed =
        Deed(words(R.string.check_ring, number), dialled(number))

    private fun send(number: String): Deed = Deed(
        words(R.string.check_send_text, number),
        Intent(Intent.ACTION_SENDTO, Uri.fromParts("smsto", number, null)).putExtra("sms_body", texts.shortCode),
    )

    private fun settings(page: String): Deed? = when (page) {
        "wifi" -> Deed(words(R.string.check_open_wifi), Intent(Settings.Panel.ACTION_INTERNET_CONNECTIVITY))
        "apps" -> Deed(words(R.string.check_open_apps), Intent(Settings.ACTION_APPLICATION_SETTINGS))
        "airplane_mode" -> Deed(words(R.string.check_open_flight_mode), Intent(Settings.ACTION_AIRPLANE_MODE_SETTINGS))
        "call_blocking" -> blockedNumbers()
        else -> null
    }

    /** Nothing but pages of the web: the address comes from a database. */
    private fun page(url: String, words: String): Deed? {
        val address = Uri.parse(url)
        return if (address.scheme == "https") Deed(words, Intent(Intent.ACTION_VIEW, address)) else null
    }

    private fun share(text: String, title: String): Intent {
        val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
        return Intent.createChooser(send, title)
    }

    private fun words(id: Int, vararg with: Any): String = context.getString(id, *with)

    companion object {
        /** Has the phone's own app dial [number]; the person rings. */
        fun dialled(number: String): Intent = Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", number, null))
    }
}
