package app.ringfence.phone.check

import android.content.pm.PackageInfo
import android.content.pm.PackageManager
import app.ringfence.CallCheck
import app.ringfence.CallWindow
import app.ringfence.InstalledApp
import app.ringfence.RemoteTool
import app.ringfence.Timing
import kotlin.math.min

/** Finds programs for remote access on the phone. The manifest's queries say which can be seen at all. */
internal class RemoteTools(private val packages: PackageManager, private val check: CallCheck) {
    /**
     * Those that are there now, the most worrying first, without those that were there long ago.
     *
     * @throws app.ringfence.RingfenceException
     */
    fun find(call: CallWindow): List<RemoteTool> {
        // The way that came with Android 13 does the same.
        @Suppress("DEPRECATION")
        val visible: List<PackageInfo> = packages.getInstalledPackages(0)
        val apps = visible.map { InstalledApp(it.packageName, it.firstInstallTime, it.lastUpdateTime) }
        return check.remoteTools(apps, call).filter { it.timing != Timing.LONG_AGO }
    }

    companion object {
        private const val HOUR = 60 * 60 * 1000L

        /** The longest that a call is taken to be, if the check is opened later. */
        private const val LONGEST = 2 * HOUR

        /**
         * When the call was, as far as is known.
         *
         * @param callAt when it began; null if that is not known: then it was within the last day.
         * @param shownAt when the check was first shown.
         */
        fun window(callAt: Long?, shownAt: Long): CallWindow =
            if (callAt == null) CallWindow(shownAt - 24 * HOUR, shownAt)
            else CallWindow(callAt, min(shownAt, callAt + LONGEST))
    }
}

/** Whether it came with the call: then it is the first thing to be seen to. */
internal val RemoteTool.cameWithCall: Boolean get() = timing == Timing.DURING_CALL || timing == Timing.AFTER_CALL
