package app.ringfence.phone

import android.content.Context
import android.content.SharedPreferences
import android.util.Base64
import app.ringfence.Direction
import app.ringfence.Verdict
import java.security.GeneralSecurityException
import java.security.SecureRandom
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/**
 * The last calls that the system asked about, so that what it says when a call has ended can be
 * believed: anybody can start the activity for that. On disk a number is a keyed hash.
 */
class SeenCalls(storage: Context, private val now: () -> Long) {
    private val kept: SharedPreferences = storage.getSharedPreferences("calls", Context.MODE_PRIVATE)
    private val numbers = LinkedHashMap<Long, String?>()

    /** Takes note of a call that began [at]. */
    @Synchronized
    fun add(number: String?, direction: Direction, verdict: Verdict, at: Long) {
        val calls = calls().filter { it.at != at }.takeLast(MOST - 1) + SeenCall(hash(number), at, direction, verdict)
        numbers[at] = number
        numbers.keys.retainAll(calls.map { it.at }.toSet())
        put(calls)
    }

    /** The latest call with this number of the last half day; null if the system asked about none. */
    @Synchronized
    fun latest(number: String?): SeenCall? {
        val hash = hash(number)
        return calls().lastOrNull { it.hash == hash && now() - it.at in 0..OLDEST }
    }

    /** The call that began [at]. */
    @Synchronized
    fun at(at: Long): SeenCall? = calls().find { same(it.at, at) }

    /** The number of the call that began [at], as long as the process lives. */
    @Synchronized
    fun number(at: Long): String? = numbers.entries.find { same(it.key, at) }?.value

    /** Whether the number of the call that began [at] is known; it is null if the call showed none. */
    @Synchronized
    fun knowsNumber(at: Long): Boolean = numbers.keys.any { same(it, at) }

    /** Nothing more is to be asked about the call that began [at]. Gives whether this is the first time. */
    @Synchronized
    fun settle(at: Long): Boolean {
        val calls = calls()
        val first = calls.any { same(it.at, at) && !it.settled }
        if (first) put(calls.map { if (same(it.at, at)) it.copy(settled = true) else it })
        return first
    }

    /** Forgets all of them, and the key; they are gone from disk when this returns. */
    @Synchronized
    fun forget() {
        numbers.clear()
        kept.edit().clear().commit()
    }

    private fun calls(): List<SeenCall> =
        kept.getString(CALLS, "").orEmpty().lines().mapNotNull { SeenCall.parse(it) }

    private fun put(calls: List<SeenCall>) =
        kept.edit().putString(CALLS, calls.joinToString("\n") { it.line() }).apply()

    private fun hash(number: String?): String = try {
        val mac = Mac.getInstance(HMAC)
        mac.init(SecretKeySpec(key(), HMAC))
        // The same call is told with and without separators.
        val digits = number.orEmpty().filter { it.isLetterOrDigit() || it in "+*#@" }
        Base64.encodeToString(mac.doFinal(digits.toByteArray()).copyOf(HASH_BYTES), Base64.NO_WRAP)
    } catch (e: GeneralSecurityException) {
        throw IllegalStateException("every Android has $HMAC", e)
    }

    private fun key(): ByteArray {
        kept.getString(KEY, null)?.let { return Base64.decode(it, Base64.NO_WRAP) }
        val key = ByteArray(KEY_BYTES).also { SecureRandom().nextBytes(it) }
        kept.edit().putString(KEY, Base64.encodeToString(key, Base64.NO_WRAP)).apply()
        return key
    }

    internal companion object {
        /** Whether two times are of the same call: the log of calls keeps no more than seconds. */
        fun same(one: Long, other: Long): Boolean = one / SECOND == other / SECOND

        private const val CALLS = "calls"
        private const val KEY = "key"
        private const val HMAC = "HmacSHA256"
        private const val KEY_BYTES = 32
        private const val HASH_BYTES = 16
        private const val SECOND = 1000
        private const val MOST = 16
        private const val OLDEST = 12 * 60 * 60 * 1000L
    }
}

/**
 * A call that the system asked about.
 *
 * @property at when it began, in milliseconds since 1970; tells it from the others.
 * @property settled whether nothing more is to be asked about it.
 */
data class SeenCall(
    internal val hash: String,
    val at: Long,
    val direction: Direction,
    val verdict: Verdict,
    val settled: Boolean = false,
) {
    /** Shows neither when it was nor the hash. */
    override fun toString(): String = "SeenCall(direction=$direction, verdict=$verdict)"

    internal fun line(): String = listOf(hash, at, direction.android, verdict.packed, settled).joinToString(" ")

    internal companion object {
        fun parse(line: String): SeenCall? {
            val fields = line.split(' ')
            if (fields.size != 5) return null
            return SeenCall(
                hash = fields[0],
                at = fields[1].toLongOrNull() ?: return null,
                direction = Direction.of(fields[2].toIntOrNull() ?: return null),
                verdict = Verdict(fields[3].toLongOrNull() ?: return null),
                settled = fields[4].toBoolean(),
            )
        }
    }
}
