package app.ringfence.fakes

import app.ringfence.DatabaseInfo
import app.ringfence.DatabaseSource
import app.ringfence.Databases

/** [Databases] that takes whatever it is given, and counts. */
public class FakeDatabases(info: DatabaseInfo = DatabaseInfo(release = "2026.11.22")) : Fake(), Databases {
    /** The database in use. */
    public var info: DatabaseInfo = info
        private set

    /** What was put in use, the first first. */
    public val used: MutableList<DatabaseSource> = mutableListOf()

    override fun current(): DatabaseInfo = answer { info }

    override fun use(source: DatabaseSource): Unit = answer {
        used += source
        info = info.copy(generation = info.generation + 1)
    }
}
