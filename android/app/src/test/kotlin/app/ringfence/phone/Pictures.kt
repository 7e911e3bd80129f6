package app.ringfence.phone

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Canvas
import android.view.View
import android.view.ViewGroup
import android.widget.ScrollView
import app.ringfence.R
import app.ringfence.phone.ui.ScreenActivity
import java.awt.image.BufferedImage
import java.awt.image.DataBuffer
import java.awt.image.IndexColorModel
import java.io.File
import javax.imageio.IIOImage
import javax.imageio.ImageIO
import javax.imageio.ImageWriteParam
import javax.imageio.stream.FileImageOutputStream
import kotlin.math.abs
import kotlin.math.max
import org.junit.Assert.fail
import org.robolectric.RuntimeEnvironment

/**
 * Pictures of screens, compared with the ones in `src/test/pictures`. `cargo xtask pictures` writes
 * them anew; look at each before it is committed.
 */
object Pictures {
    private val folder = root.resolve("android/app/src/test/pictures")
    private val write = System.getProperty("ringfence.pictures") == "write"
    private const val PHONE = "w360dp-h640dp"

    /** How each screen is drawn: name, qualifiers, size of the type. */
    private val looks = listOf(
        Look("en", "en-rGB-ldltr-$PHONE-notnight-hdpi", 1f),
        Look("dark", "en-rGB-ldltr-$PHONE-night-hdpi", 1f),
        // What aapt2 makes of the English words, written from right to left.
        Look("rtl", "ar-rXB-ldrtl-$PHONE-notnight-hdpi", 1f),
        Look("large", "en-rGB-ldltr-$PHONE-notnight-hdpi", 2f),
    )

    private class Look(val name: String, val qualifiers: String, val fontScale: Float)

    /** Draws what [open] shows in every look. It is called once for each and closes what it opened. */
    fun check(name: String, open: (draw: (Activity) -> Unit) -> Unit) {
        val wrong = looks.mapNotNull { look ->
            RuntimeEnvironment.setQualifiers("+" + look.qualifiers)
            RuntimeEnvironment.setFontScale(look.fontScale)
            var drawn: Bitmap? = null
            open { drawn = draw(it) }
            compare("$name-${look.name}", checkNotNull(drawn) { "$name drew nothing" })
        }
        RuntimeEnvironment.setFontScale(1f)
        if (wrong.isNotEmpty()) {
            fail("pictures differ: $wrong; the new ones are in target/pictures. If they are right: cargo xtask pictures")
        }
    }

    /** All of a screen, as long as it is. */
    private fun draw(activity: Activity): Bitmap {
        val content = checkNotNull(activity.findViewById<ViewGroup>(android.R.id.content))
        val root = content.getChildAt(0)
        val page: View = if (activity is ScreenActivity && root is ScrollView) root.getChildAt(0) else root
        val screen = activity.window.decorView
        page.measure(
            View.MeasureSpec.makeMeasureSpec(screen.width, View.MeasureSpec.EXACTLY),
            View.MeasureSpec.makeMeasureSpec(0, View.MeasureSpec.UNSPECIFIED),
        )
        page.layout(0, 0, screen.width, max(page.measuredHeight, screen.height))
        val bitmap = Bitmap.createBitmap(page.width, page.height, Bitmap.Config.ARGB_8888)
        val canvas = Canvas(bitmap)
        canvas.drawColor(activity.getColor(R.color.ground))
        page.draw(canvas)
        return bitmap
    }

    /** The picture's name if it is not what it should be. */
    private fun compare(name: String, drawn: Bitmap): String? {
        val file = folder.resolve("$name.png")
        if (write) {
            save(drawn, file)
            return null
        }
        val expected = if (file.exists()) BitmapFactory.decodeFile(file.path) else null
        if (expected != null && alike(expected, drawn)) return null
        save(drawn, root.resolve("android/app/target/pictures/$name.png"))
        return name
    }

    private fun alike(a: Bitmap, b: Bitmap): Boolean {
        if (a.width != b.width || a.height != b.height) return false
        val (first, second) = listOf(a, b).map { bitmap ->
            IntArray(bitmap.width * bitmap.height).also { bitmap.getPixels(it, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height) }
        }
        val different = first.indices.count { i -> distance(first[i], second[i]) > COLOUR }
        return different <= first.size * SHARE
    }

    /** The largest difference of a channel. */
    private fun distance(a: Int, b: Int): Int =
        listOf(0, 8, 16).maxOf { shift -> abs((a shr shift and 255) - (b shr shift and 255)) }

    /** With a palette, of which every colour is near: a third of the bytes, and the same to the eye. */
    private fun save(bitmap: Bitmap, file: File) {
        val pixels = IntArray(bitmap.width * bitmap.height)
        bitmap.getPixels(pixels, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height)
        val counts = HashMap<Int, Int>()
        for (pixel in pixels) counts.merge(pixel, 1, Int::plus)
        val frequent = counts.entries.sortedWith(compareBy({ -it.value }, { it.key })).map { it.key }
        val palette = ArrayList(frequent.take(EXACT))
        for (colour in frequent.drop(EXACT)) {
            if (palette.size < PALETTE && palette.none { distance(it, colour) <= NEAR }) palette.add(colour)
        }
        val places = counts.keys.associateWith { colour -> palette.indices.minByOrNull { distance(palette[it], colour) } ?: 0 }
        val model = IndexColorModel(8, palette.size, palette.toIntArray(), 0, false, -1, DataBuffer.TYPE_BYTE)
        val image = BufferedImage(bitmap.width, bitmap.height, BufferedImage.TYPE_BYTE_INDEXED, model)
        val indices = ByteArray(pixels.size) { places.getValue(pixels[it]).toByte() }
        image.raster.setDataElements(0, 0, bitmap.width, bitmap.height, indices)
        file.parentFile?.mkdirs()
        val writer = ImageIO.getImageWritersByFormatName("png").next()
        val smallest = writer.defaultWriteParam
        smallest.compressionMode = ImageWriteParam.MODE_EXPLICIT
        smallest.compressionQuality = 0f
        FileImageOutputStream(file.apply { delete() }).use { output ->
            writer.output = output
            writer.write(null, IIOImage(image, null, null), smallest)
        }
        writer.dispose()
    }

    /** Other fonts and processors draw edges a little differently. */
    private const val COLOUR = 32
    private const val SHARE = 0.002

    private const val PALETTE = 256
    private const val EXACT = 24
    private const val NEAR = 12
}
