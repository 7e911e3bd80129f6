package app.ringfence.benches;

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

/** Look-ups of one number that is in no table, once libphonenumber has made it E.164. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class Tables {
    private Sqlite peer;
    private String number;

    @Setup
    public void open() {
        peer = new Sqlite(Cases.INSTANCE.getTables());
        number = Cases.INSTANCE.number("mobile");
    }

    @TearDown
    public void close() {
        peer.close();
    }

    @Benchmark
    public boolean exact() {
        return peer.exact(number);
    }

    @Benchmark
    public boolean prefix() {
        return peer.prefix(number);
    }

    @Benchmark
    public boolean patterns() {
        return peer.patterns(number);
    }
}
