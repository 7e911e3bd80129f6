package app.ringfence.phone.shipped

import app.ringfence.phone.root
import org.junit.Assert.assertEquals
import org.junit.Test
import org.objectweb.asm.ClassReader
import org.objectweb.asm.ClassVisitor
import org.objectweb.asm.FieldVisitor
import org.objectweb.asm.Handle
import org.objectweb.asm.MethodVisitor
import org.objectweb.asm.Opcodes
import java.io.File

/**
 * What the app calls of Android, to the last member, with the level of the API that it came with:
 * `framework-api.txt`. The classes that it is compiled against have hidden members too, which a phone
 * refuses, and no tool here tells them apart or knows levels; so each new line is looked up by a person
 * in the reference at developer.android.com, and one from after Android 10 is guarded.
 */
class FrameworkApiTest {
    private val list = root.resolve("android/app/framework-api.txt")
    private val classes = root.resolve("android/app/target/classes/app/ringfence/phone")

    @Test
    fun `only what is listed is called`() {
        val used = uses().keys.toSortedSet()
        val listed = listed()
        assertEquals("called, but not in framework-api.txt with its level", emptyList<String>(), (used - listed.keys).toList())
        assertEquals("in framework-api.txt, but not called any more", emptyList<String>(), (listed.keys - used).toList())
    }

    @Test
    fun `what came after Android 10 is called where the version was asked for`() {
        val versionAsked = "android.os.Build\$VERSION.SDK_INT"
        val asking = uses().getValue(versionAsked)
        val late = listed().filterValues { it > OLDEST }.keys
        val unguarded = late.associateWith { uses().getValue(it) - asking }.filterValues { it.isNotEmpty() }
        assertEquals(emptyMap<String, Set<String>>(), unguarded)
    }

    private fun listed(): Map<String, Int> = list.readLines().filter { it.isNotBlank() && !it.startsWith("#") }
        .associate { line -> line.substringBefore(' ') to line.substringAfter(' ').trim().toInt() }

    /** Members of `android.*`, and the outer classes of the app that use them. */
    private fun uses(): Map<String, Set<String>> {
        val found = HashMap<String, MutableSet<String>>()
        for (file in classes.walk().filter { it.extension == "class" }) {
            val by = file.relativeTo(classes).path.removeSuffix(".class").substringBefore('$')
            val reader = ClassReader(file.readBytes())
            val add = { owner: String, name: String ->
                if (name != "<init>") declaring(owner, name)?.let { found.getOrPut("$it.$name") { HashSet() } += by }
            }
            reader.accept(Members(add), ClassReader.SKIP_DEBUG or ClassReader.SKIP_FRAMES)
        }
        return found
    }

    /** The class of Android that declares a member, seen from [owner], which may be one of ours. */
    private fun declaring(owner: String, name: String): String? {
        if (owner.startsWith("[") || !(owner.startsWith("android/") || owner.startsWith("app/ringfence/phone/"))) return null
        val found = ancestors(Class.forName(owner.replace('/', '.'), false, javaClass.classLoader)).firstOrNull { ancestor ->
            ancestor.name.startsWith("android.") && ancestor.declares(name)
        }
        return found?.name
    }

    private fun Class<*>.declares(name: String): Boolean =
        declaredMethods.any { it.name == name && !it.isSynthetic } || declaredFields.any { it.name == name }

    private fun ancestors(type: Class<*>): Sequence<Class<*>> = sequence {
        yield(type)
        type.superclass?.let { yieldAll(ancestors(it)) }
        type.interfaces.forEach { yieldAll(ancestors(it)) }
    }

    private class Members(private val add: (String, String) -> Unit) : ClassVisitor(Opcodes.ASM9) {
        override fun visitField(access: Int, name: String?, descriptor: String?, signature: String?, value: Any?): FieldVisitor? = null

        override fun visitMethod(access: Int, name: String?, descriptor: String?, signature: String?, exceptions: Array<out String>?): MethodVisitor =
            object : MethodVisitor(Opcodes.ASM9) {
                override fun visitMethodInsn(opcode: Int, owner: String, name: String, descriptor: String?, isInterface: Boolean) = add(owner, name)
                override fun visitFieldInsn(opcode: Int, owner: String, name: String, descriptor: String?) = add(owner, name)
                override fun visitInvokeDynamicInsn(name: String?, descriptor: String?, handle: Handle?, vararg arguments: Any?) {
                    arguments.filterIsInstance<Handle>().forEach { add(it.owner, it.name) }
                }
            }
    }

    private companion object {
        /** The oldest Android that the app runs on. */
        const val OLDEST = 29
    }
}
