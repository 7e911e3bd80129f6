package app.ringfence.phone.screening

import android.app.NotificationManager
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.os.IBinder
import android.service.notification.StatusBarNotification
import android.telecom.Call.Details
import android.telecom.CallScreeningService
import android.telecom.CallScreeningService.ParcelableCallResponse
import android.telecom.ParcelableCall
import android.telecom.TelecomManager
import app.ringfence.phone.Parts
import app.ringfence.phone.RingfenceApp
import app.ringfence.phone.TestApp
import com.android.internal.telecom.ICallScreeningAdapter
import com.android.internal.telecom.ICallScreeningService
import org.junit.Assert.assertEquals
import org.robolectric.Robolectric
import org.robolectric.shadows.ShadowLooper
import org.robolectric.util.ReflectionHelpers
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executor
import java.util.concurrent.TimeUnit

/** A number kept for films: rejected at home in Britain. */
const val FILM = "+447700900123"

/** A country that one-ring fraud uses: warned of. */
const val ONE_RING = "+21620123456"

/** A number that nothing is known of. */
const val STRANGER = "+447400123456"

/**
 * The system's side of screening: binds the service as Telecom does and hears its answers, with the
 * framework's own code in between.
 */
class Telecom {
    private val service = Robolectric.buildService(ScreeningService::class.java).create().get()
    private val binder: IBinder = checkNotNull(service.onBind(Intent(CallScreeningService.SERVICE_INTERFACE)))
    private val heard = ArrayList<Pair<String, ParcelableCallResponse?>>()
    private val first = CountDownLatch(1)
    private var calls = 0

    private val adapter = object : ICallScreeningAdapter.Stub() {
        override fun onScreeningResponse(id: String, component: ComponentName, response: ParcelableCallResponse?) {
            synchronized(heard) { heard += id to response }
            first.countDown()
        }
    }

    /** What was heard of each call, in order. */
    val answers: List<Pair<String, ParcelableCallResponse?>> get() = synchronized(heard) { heard.toList() }

    /** Waits, while a call is being screened, until it was answered. */
    fun awaitAnswer(): Boolean = first.await(10, TimeUnit.SECONDS)

    /** An incoming call that shows this number. */
    fun ring(number: String?): Flags = ring(number?.let { Uri.fromParts("tel", it, null) })

    /** An incoming call; gives the one answer to it. */
    fun ring(
        handle: Uri?,
        presentation: Int = TelecomManager.PRESENTATION_ALLOWED,
        verification: Int = 0,
        direction: Int = Details.DIRECTION_INCOMING,
    ): Flags {
        val id = place(handle, presentation, verification, direction)
        val answers = answers.filter { it.first == id }.map { it.second }
        assertEquals("answers", 1, answers.size)
        return Flags(checkNotNull(answers.single()) { "the service itself answers incoming calls" })
    }

    /** An outgoing call. The framework answers it, with nothing, and nobody else does. */
    fun dial(number: String) {
        val id = place(Uri.fromParts("tel", number, null), TelecomManager.PRESENTATION_ALLOWED, 0, Details.DIRECTION_OUTGOING)
        assertEquals(listOf(id to null), answers.filter { it.first == id })
    }

    private fun place(handle: Uri?, presentation: Int, verification: Int, direction: Int): String {
        val id = "call ${++calls}"
        val call = ParcelableCall.ParcelableCallBuilder()
            .setId(id)
            .setHandle(handle)
            .setHandlePresentation(presentation)
            .setCallDirection(direction)
            .setCallerNumberVerificationStatus(verification)
            .setCannedSmsResponses(emptyList())
            .setChildCallIds(emptyList())
            .setConferenceableCallIds(emptyList())
            .createParcelableCall()
        ICallScreeningService.Stub.asInterface(binder).screenCall(adapter, call)
        ShadowLooper.idleMainLooper()
        return id
    }
}

/** What the system is told to do. */
data class Flags(
    val disallow: Boolean,
    val reject: Boolean,
    val silence: Boolean,
    val skipLog: Boolean,
    val skipNotification: Boolean,
) {
    constructor(response: ParcelableCallResponse) : this(
        response.shouldDisallowCall(),
        response.shouldRejectCall(),
        response.shouldSilenceCall(),
        response.shouldSkipCallLog(),
        response.shouldSkipNotification(),
    )

    companion object {
        val ALLOWED = Flags(false, false, false, false, false)
        val SILENCED = ALLOWED.copy(silence = true)
        val REJECTED = ALLOWED.copy(disallow = true, reject = true, skipNotification = true)
    }
}

/** The notices that are shown, the latest last. */
fun shownNotices(context: Context): List<StatusBarNotification> =
    checkNotNull(context.getSystemService(NotificationManager::class.java)).activeNotifications.sortedBy { it.notification.`when` }

/** Does [work] on what says that it is Android 10. */
fun onAndroid10(work: () -> Unit) {
    val level = Build.VERSION.SDK_INT
    ReflectionHelpers.setStaticField(Build.VERSION::class.java, "SDK_INT", Build.VERSION_CODES.Q)
    try {
        work()
    } finally {
        ReflectionHelpers.setStaticField(Build.VERSION::class.java, "SDK_INT", level)
    }
}

/** The same parts, but for what becomes of work in the background. */
fun Parts.inBackground(background: Executor) = Parts(ringfence, choices, seenCalls, background, main, now)

/** Uses [parts] from now on, as a new process would. */
fun TestApp.use(parts: Parts) {
    val field = RingfenceApp::class.java.getDeclaredField("parts\$delegate")
    field.isAccessible = true
    field.set(this, lazyOf(parts))
}
