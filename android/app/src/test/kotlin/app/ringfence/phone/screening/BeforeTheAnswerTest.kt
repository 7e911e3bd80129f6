package app.ringfence.phone.screening

import app.ringfence.phone.AppTest
import app.ringfence.phone.root
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import java.io.DataInputStream
import java.io.File

/** While a call waits for its answer nothing is written, and the network is never used. */
class BeforeTheAnswerTest : AppTest() {
    private val storage get() = context.createDeviceProtectedStorageContext()

    @Test
    fun noFileChangesUntilThePhoneHasItsAnswer() {
        british()
        val waiting = ArrayList<Runnable>()
        app.use(parts.inBackground { waiting += it })
        val telecom = Telecom()
        val before = files()
        assertTrue(before.keys.any { "ringfence" in it })
        for (number in listOf(FILM, ONE_RING, STRANGER, null)) {
            app.now += 1000
            telecom.ring(number)
            telecom.dial(ONE_RING)
        }
        assertEquals(before, files())
        assertEquals(0, shownNotices(context).size)

        // What waited then does it all.
        waiting.forEach { it.run() }
        assertEquals(8, parts.ringfence.log.calls().size)
        assertTrue(before != files())
    }

    @Test
    fun theFirstCallOfANewPhoneLeavesNothingButFolders() {
        app.make = { it.realParts().inBackground { } }
        val before = files().keys
        Telecom().ring(FILM)
        val new = (files() - before).keys.filterNot { File(it).isDirectory }
        assertEquals(emptyList<String>(), new)
    }

    @Test
    fun noClassOfTheAppKnowsTheNetwork() {
        val folder = root.resolve("android/app/target/classes/app/ringfence/phone")
        val classes = folder.walk().filter { it.extension == "class" }.toList()
        assertTrue(classes.any { it.name == "ScreeningService.class" })
        val forbidden = listOf("java/net/", "javax/net/", "android/net/http", "android/net/Network", "android/webkit", "Socket", "HttpURL")
        val found = classes.flatMap { file ->
            constants(file).filter { text -> forbidden.any { it in text } }.map { "${file.name}: $it" }
        }
        assertEquals(emptyList<String>(), found)
    }

    /** Every file of the app with what is in it. */
    private fun files(): Map<String, Int> = listOf(context.dataDir, storage.dataDir)
        .flatMap { it.walk() }
        .associate { it.path to if (it.isFile) it.readBytes().contentHashCode() else 0 }

    /** The texts in the constant pool of a class file, the names of the classes that it uses among them. */
    private fun constants(file: File): List<String> = DataInputStream(file.inputStream().buffered()).use { data ->
        assertEquals(0xCAFEBABE.toInt(), data.readInt())
        data.readInt()
        val texts = ArrayList<String>()
        var left = data.readUnsignedShort() - 1
        while (left > 0) {
            left--
            when (val tag = data.readUnsignedByte()) {
                1 -> texts += data.readUTF()
                3, 4, 9, 10, 11, 12, 17, 18 -> data.skipBytes(4)
                5, 6 -> {
                    data.skipBytes(8)
                    left--
                }
                7, 8, 16, 19, 20 -> data.skipBytes(2)
                15 -> data.skipBytes(3)
                else -> error("tag $tag in ${file.name}")
            }
        }
        texts
    }
}
