package app.ringfence.benches;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What other screeners do for each call: parse with libphonenumber, look up in SQLite. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Peers {
    private static final int BLOCKED = 100_000;

    /** Not final, or the compiler would know it. */
    private String number = "+447700900123";

    private Path file;
    private Connection connection;
    private PreparedStatement lookUp;

    @Setup
    public void open() throws IOException, SQLException {
        file = Files.createTempFile("peers", ".sqlite");
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE blocked (number TEXT PRIMARY KEY) WITHOUT ROWID");
        }
        try (var insert = connection.prepareStatement("INSERT INTO blocked VALUES (?)")) {
            for (int i = 0; i < BLOCKED; i++) {
                insert.setString(1, "+4477" + (10_000_000 + 7 * i));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
        lookUp = connection.prepareStatement("SELECT 1 FROM blocked WHERE number = ?");
    }

    @TearDown
    public void close() throws IOException, SQLException {
        connection.close();
        Files.delete(file);
    }

    @Benchmark
    public PhoneNumberType libphonenumber() throws NumberParseException {
        var util = PhoneNumberUtil.getInstance();
        var parsed = util.parse(number, "GB");
        return util.isValidNumber(parsed) ? util.getNumberType(parsed) : null;
    }

    @Benchmark
    public boolean sqlite() throws SQLException {
        lookUp.setString(1, number);
        try (var rows = lookUp.executeQuery()) {
            return rows.next();
        }
    }
}
