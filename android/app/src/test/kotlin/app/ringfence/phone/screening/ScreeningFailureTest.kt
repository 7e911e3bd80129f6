package app.ringfence.phone.screening

import app.ringfence.Action
import app.ringfence.Call
import app.ringfence.DatabaseSource
import app.ringfence.Failure
import app.ringfence.Ringfence
import app.ringfence.Rule
import app.ringfence.Screener
import app.ringfence.Verdict
import app.ringfence.fakes.FakeRingfence
import app.ringfence.phone.AppTest
import app.ringfence.phone.NOW
import app.ringfence.phone.Parts
import app.ringfence.phone.root
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.shadows.ShadowLog
import java.io.File
import java.io.IOException
import java.util.Collections
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.atomic.AtomicInteger

/** Whatever goes wrong, the phone rings, and the system hears so exactly once. */
class ScreeningFailureTest : AppTest() {
    private val telecom by lazy { Telecom() }
    private val storage get() = context.createDeviceProtectedStorageContext()

    @Test
    fun theCoreThrows() {
        for (error in listOf(IllegalStateException(), OutOfMemoryError(), StackOverflowError(), UnsatisfiedLinkError(), IOException())) {
            val fake = FakeRingfence()
            fake.screener.verdict = { _, _ -> throw error }
            app.use(app.realParts(fake))
            assertEquals(Flags.ALLOWED, Telecom().ring(FILM))
            // It is kept as one that could not be screened.
            assertEquals(Failure.INTERNAL, parts.seenCalls.at(app.now)?.verdict?.failure)
            app.now += 1000
        }
    }

    @Test
    fun theCoreHangs() {
        val fake = FakeRingfence()
        var answered = false
        fake.screener.verdict = { _, _ ->
            answered = telecom.awaitAnswer()
            Verdict(Action.REJECT, Rule.BLOCK_LIST)
        }
        app.use(app.realParts(fake))
        val telecom = telecom
        val begun = System.nanoTime()
        assertEquals(Flags.ALLOWED, telecom.ring(FILM))
        assertTrue(answered)
        val millis = (System.nanoTime() - begun) / 1_000_000
        // The system waits for 5,000.
        assertTrue("$millis ms", millis in Answer.LIMIT..Answer.LIMIT + 2_000)
        // It rang, with what it says now as a warning.
        assertEquals(Action.WARN to Rule.BLOCK_LIST, parts.seenCalls.at(NOW)?.verdict?.let { it.action to it.rule })
    }

    @Test
    fun openingHangs() {
        app.make = {
            assertTrue(telecom.awaitAnswer())
            it.realParts()
        }
        assertEquals(Flags.ALLOWED, telecom.ring(FILM))
        // The next call has it open.
        british()
        app.now += 1000
        assertEquals(Flags.REJECTED, telecom.ring(FILM))
    }

    @Test
    fun partsCannotBeMade() {
        for (error in listOf(IllegalStateException(), OutOfMemoryError(), SecurityException(), NoClassDefFoundError())) {
            app.make = { throw error }
            assertEquals(Flags.ALLOWED, telecom.ring(FILM))
        }
        telecom.dial(FILM)
        app.make = { it.realParts() }
        british()
        assertEquals(Flags.REJECTED, telecom.ring(FILM))
    }

    @Test
    fun noDatabaseOrAnUnreadableOne() {
        val bundled = root.resolve("data/bundled.rfdb").readBytes()
        val bad = mapOf(
            "missing" to null,
            "empty" to ByteArray(0),
            "garbage" to ByteArray(10_000) { (it * 7).toByte() },
            "cut" to bundled.copyOf(bundled.size / 2),
            "turned" to bundled.copyOf().also { it[100] = (it[100] + 1).toByte() },
        )
        for ((name, bytes) in bad) {
            val file = File(storage.filesDir, "$name.rfdb")
            bytes?.let { file.writeBytes(it) }
            app.use(app.realParts(Ringfence.open(File(storage.filesDir, name), DatabaseSource.InFile(file))))
            assertEquals(name, Flags.ALLOWED, Telecom().ring(FILM))
            assertEquals(name, Failure.DATABASE, parts.seenCalls.at(app.now)?.verdict?.failure)
            assertEquals(name, app.now, parts.choices.lastAsked)
            parts.ringfence.close()
            app.now += 1000
        }
        assertEquals(0, shownNotices(context).size)
    }

    @Test
    fun theFolderCannotBeUsed() {
        // A file where the folder should be: nothing can be made or read there, as on a broken disk.
        Parts.folder(storage).writeText("")
        assertEquals(Flags.ALLOWED, telecom.ring(FILM))
        assertEquals(Failure.STORAGE, parts.seenCalls.at(NOW)?.verdict?.failure)
    }

    @Test
    fun theDiskIsFull() {
        british()
        // From now on nothing can be written there any more.
        val folder = Parts.folder(storage)
        folder.deleteRecursively()
        folder.writeText("")
        assertEquals(Flags.REJECTED, telecom.ring(FILM))
        assertEquals(NOW, parts.choices.lastAsked)
        assertTrue(ShadowLog.getLogs().any { it.tag == ScreeningService.TAG && it.msg == "Not recorded: storage" })
    }

    @Test
    fun aStepThatFailsAfterTheAnswerHindersNoOther() {
        val recorder = object : Screener {
            var recorded = 0
            override fun screen(call: Call, at: Long) = Verdict(Action.REJECT, Rule.BLOCK_LIST)

            override fun record(call: Call, at: Long): Failure {
                recorded++
                throw OutOfMemoryError(FILM)
            }
        }
        val ringfence = object : Ringfence by FakeRingfence() {
            override val screener: Screener get() = recorder
        }
        // Somebody has put something else there.
        storage.getSharedPreferences("calls", 0).edit().putInt("calls", 1).commit()
        app.make = { it.realParts(ringfence) }
        assertEquals(Flags.REJECTED, telecom.ring(FILM))
        assertEquals(1, recorder.recorded)
        assertEquals(NOW, parts.choices.lastAsked)
    }

    @Test
    fun theBackgroundTakesNothing() {
        british()
        app.use(parts.inBackground { throw RejectedExecutionException() })
        assertEquals(Flags.REJECTED, telecom.ring(FILM))
    }

    @Test
    fun theProcessIsKilledBetweenAnswerAndRecord() {
        british()
        app.use(parts.inBackground { })
        assertEquals(Flags.REJECTED, telecom.ring(FILM))
        assertNull(parts.seenCalls.at(NOW))
        assertTrue(parts.ringfence.log.calls().isEmpty())
        parts.ringfence.close()

        val next = app.realParts()
        assertEquals("GB", next.ringfence.settings.current().home)
        app.use(next)
        app.now += 1000
        assertEquals(Flags.REJECTED, Telecom().ring(FILM))
        assertEquals(1, parts.ringfence.log.calls().size)
    }

    @Test
    fun theSystemIsGone() {
        british()
        val answer = Answer { throw IllegalStateException("dead") }
        assertEquals(false, answer.give(Action.REJECT))
        assertEquals(false, answer.give(Action.ALLOW))
    }

    @Test
    fun onlyTheFirstAnswerCounts() {
        val heard = Collections.synchronizedList(ArrayList<Any>())
        val answer = Answer { heard += it }
        val first = AtomicInteger()
        val threads = List(16) { i -> Thread { if (answer.give(Action.values()[i % 4])) first.incrementAndGet() } }
        threads.forEach { it.start() }
        threads.forEach { it.join() }
        assertEquals(1, heard.size)
        assertEquals(1, first.get())
    }
}
