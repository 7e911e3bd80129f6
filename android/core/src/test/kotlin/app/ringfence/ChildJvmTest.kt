package app.ringfence

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import kotlin.system.exitProcess

private const val JNA = "com.sun.jna.Native"

class ChildJvmTest {
    @Test
    fun `its end, its output and its properties come back`() {
        ChildJvm.start(Child::class.java, "exit", properties = mapOf("one" to "a b")).use { child ->
            val end = child.finish()
            assertEquals(3, end.exitCode, end.text)
            assertEquals(listOf("one=a b", "root=$root"), end.lines)
        }
    }

    @Test
    fun `a class counts as loaded only if it was`() {
        ChildJvm.start(Child::class.java, "exit").use { child ->
            val classes = child.finish().classes
            assertTrue(Child::class.java.name in classes)
            assertFalse(JNA in classes)
        }
        ChildJvm.start(Child::class.java, "jna").use { child ->
            val end = child.finish()
            assertEquals(0, end.exitCode, end.text)
            assertTrue(JNA in end.classes)
        }
    }

    @Test
    fun `it can be killed in the middle`() {
        ChildJvm.start(Child::class.java, "count").use { child ->
            assertEquals("100", child.awaitLine("100"))
            child.kill()
            assertEquals(137, child.finish().exitCode)
        }
    }

    object Child {
        @JvmStatic
        fun main(args: Array<String>) {
            when (args.single()) {
                "exit" -> {
                    println("one=${System.getProperty("one")}")
                    System.err.println("root=${System.getProperty("ringfence.root")}")
                    exitProcess(3)
                }
                "jna" -> Class.forName(JNA)
                "count" -> generateSequence(0) { it + 1 }.forEach(::println)
            }
        }
    }
}
