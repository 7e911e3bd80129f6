package app.ringfence.benches

import java.io.File
import java.sql.Connection
import java.sql.DriverManager
import java.sql.PreparedStatement

/** A screener as others write it: tables of numbers, prefixes and patterns in SQLite. */
public class Sqlite(tables: File) : AutoCloseable {
    private val connection = connect(tables)
    private val exact = connection.prepareStatement("SELECT 1 FROM blocked WHERE number = ?")
    private val prefix by lazy {
        connection.prepareStatement(
            "SELECT 1 FROM (SELECT prefix FROM prefixes WHERE prefix <= ?1 ORDER BY prefix DESC LIMIT 1) " +
                "WHERE prefix = substr(?1, 1, length(prefix))",
        )
    }
    private val patterns by lazy {
        connection.prepareStatement("SELECT 1 FROM patterns WHERE ? LIKE pattern LIMIT 1")
    }

    /** Whether the number is in the table. */
    public fun exact(number: String): Boolean = exact.finds(number)

    /** Whether the number starts with the last prefix that is not above it. */
    public fun prefix(number: String): Boolean = prefix.finds(number)

    /** Whether any of the user's patterns fits, which means to try them all. */
    public fun patterns(number: String): Boolean = patterns.finds(number)

    override fun close(): Unit = connection.close()

    private fun PreparedStatement.finds(number: String): Boolean {
        setString(1, number)
        return executeQuery().use { it.next() }
    }

    /** Makes the tables. */
    public companion object {
        private const val NUMBERS = 100_000
        private const val STEP = 9_973
        private const val DIGITS = 9
        private const val PATTERNS = 100

        /** Numbers that are blocked, all over Britain's mobiles. */
        public fun blocked(): List<String> = List(NUMBERS) { "+447" + "${STEP * it}".padStart(DIGITS, '0') }

        /** A fresh file with all tables. */
        public fun make(file: File) {
            file.delete()
            connect(file).use { connection ->
                connection.autoCommit = false
                connection.createStatement().use {
                    it.execute("CREATE TABLE blocked (number TEXT PRIMARY KEY) WITHOUT ROWID")
                    it.execute("CREATE TABLE prefixes (prefix TEXT PRIMARY KEY) WITHOUT ROWID")
                    it.execute("CREATE TABLE patterns (pattern TEXT)")
                }
                connection.insert("INSERT INTO blocked VALUES (?)", blocked())
                connection.insert("INSERT INTO prefixes VALUES (?)", blocked().map { it.dropLast(1) })
                connection.insert("INSERT INTO patterns VALUES (?)", List(PATTERNS) { "+4490${it + 100}%" })
                connection.commit()
            }
        }

        private fun Connection.insert(statement: String, values: List<String>) = prepareStatement(statement).use {
            for (value in values) {
                it.setString(1, value)
                it.addBatch()
            }
            it.executeBatch()
        }

        private fun connect(file: File) = DriverManager.getConnection("jdbc:sqlite:$file")
    }
}
