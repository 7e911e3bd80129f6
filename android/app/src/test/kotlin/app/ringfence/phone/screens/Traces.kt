package app.ringfence.phone.screens

import android.content.Context
import java.io.File

/** All that the app has on disk. */
class Traces private constructor(private val files: List<File>) {
    /** Whether any of these texts stands in any file. */
    fun hold(vararg texts: String): Boolean = files.any { file ->
        val held = file.readBytes().toString(Charsets.ISO_8859_1)
        texts.any { it.toByteArray().toString(Charsets.ISO_8859_1) in held }
    }

    /** The files' names, without the folder's. */
    val names: List<String> get() = files.map { it.name }.sorted()

    companion object {
        /** What is there now, in both storages. */
        fun of(context: Context): Traces {
            val folders = listOf(context, context.createDeviceProtectedStorageContext()).map { it.dataDir }
            return Traces(folders.distinct().flatMap { folder -> folder.walkTopDown().filter { it.isFile } })
        }
    }
}
