package app.ringfence.phone.screening

import android.telecom.CallScreeningService.CallResponse
import android.util.Log
import app.ringfence.Action
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean

/**
 * The one answer to a call. The first that comes counts, from whichever thread; any other is dropped.
 *
 * @param respond tells the system.
 */
internal class Answer(private val respond: (CallResponse) -> Unit) {
    private val taken = AtomicBoolean()
    private val given = CountDownLatch(1)

    /** Answers, unless somebody did already. Gives whether this was the answer; throws nothing. */
    fun give(action: Action): Boolean {
        if (!taken.compareAndSet(false, true)) return false
        given.countDown()
        return try {
            respond(response(action))
            true
        } catch (e: Throwable) {
            // The system lets the phone ring if it hears nothing.
            Log.e(ScreeningService.TAG, "The system does not take the answer: ${e.javaClass.name}")
            false
        }
    }

    /**
     * Lets the phone ring after [LIMIT] if there is no answer until then. It has a thread of its own
     * and needs nothing that could hang: the system waits five seconds for everything together.
     */
    fun watch() {
        val watch = Thread({
            if (!given.await(LIMIT, TimeUnit.MILLISECONDS) && give(Action.ALLOW)) {
                Log.e(ScreeningService.TAG, "Screening takes too long: the phone rings")
            }
        }, "ringfence-watch")
        watch.isDaemon = true
        watch.start()
    }

    companion object {
        /** How long a call waits for the core, in milliseconds. */
        const val LIMIT: Long = 2_000

        /** What the system is told to do; only what [CallResponse.Builder.build] accepts. The call log keeps all calls. */
        fun response(action: Action): CallResponse {
            val response = CallResponse.Builder()
            when (action) {
                Action.ALLOW, Action.WARN -> Unit
                Action.SILENCE -> response.setSilenceCall(true)
                Action.REJECT -> response.setDisallowCall(true).setRejectCall(true).setSkipNotification(true)
            }
            return response.build()
        }
    }
}
