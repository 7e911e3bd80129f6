package app.ringfence.fakes

import app.ringfence.Ringfence
import app.ringfence.RingfenceException
import app.ringfence.Status

/**
 * A [Ringfence] for tests on machines without the native library. Each part does what a new phone
 * does, remembers what it was asked, and can be told what to answer.
 */
public class FakeRingfence(
    override val screener: FakeScreener = FakeScreener(),
    override val callCheck: FakeCallCheck = FakeCallCheck(),
    override val explainer: FakeExplainer = FakeExplainer(),
    override val settings: FakeSettingsStore = FakeSettingsStore(),
    override val memory: FakeCallMemory = FakeCallMemory(),
    override val log: FakeCallLog = FakeCallLog(),
    override val databases: FakeDatabases = FakeDatabases(),
) : Ringfence {
    /** What [status] gives. */
    public var statusGiven: Status = Status()

    /** Whether it was closed. */
    public var closed: Boolean = false
        private set

    override fun status(): Status {
        if (closed) throw RingfenceException.Closed("this Ringfence is closed: open another one")
        return statusGiven
    }

    /** Closes every part. */
    override fun close() {
        closed = true
        screener.closed = true
        val parts = listOf(callCheck, explainer, settings, memory, log, databases)
        parts.forEach { it.fails = RingfenceException.Closed("this Ringfence is closed: open another one") }
    }
}

/** What all fakes but the screener have in common. */
public abstract class Fake internal constructor() {
    /** What every function throws from now on; null for nothing. */
    public var fails: RingfenceException? = null

    /** What was asked, and then the answer to it. */
    internal inline fun <T> answer(answer: () -> T): T {
        fails?.let { throw it }
        return answer()
    }
}
