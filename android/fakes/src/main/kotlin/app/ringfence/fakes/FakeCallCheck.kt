package app.ringfence.fakes

import app.ringfence.Assessment
import app.ringfence.CallCheck
import app.ringfence.CallReport
import app.ringfence.CallVerdict
import app.ringfence.CallWindow
import app.ringfence.InstalledApp
import app.ringfence.RemoteTool

/** A [CallCheck] that finds what it is told to. */
public class FakeCallCheck : Fake(), CallCheck {
    /** What it finds in a report. */
    public var assessment: (CallReport) -> Assessment = { Assessment(CallVerdict.UNSURE, 0.5) }

    /** Which programs for remote access it finds. */
    public var tools: (List<InstalledApp>, CallWindow) -> List<RemoteTool> = { _, _ -> emptyList() }

    /** The reports that were checked, the first first. */
    public val reports: MutableList<CallReport> = mutableListOf()

    override fun check(report: CallReport): Assessment = answer {
        reports += report
        assessment(report)
    }

    override fun remoteTools(apps: List<InstalledApp>, call: CallWindow): List<RemoteTool> =
        answer { tools(apps, call) }
}
