package app.ringfence.benches;

import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What other screeners do for each call, here on the same numbers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class Phonenumber {
    /** One of {@link Cases} that shows a number. */
    @Param({"mobile", "national", "faked"})
    public String call;

    private Libphonenumber peer;
    private String number;

    @Setup
    public void open() {
        peer = new Libphonenumber(new HashSet<>(Sqlite.Companion.blocked()), Cases.INSTANCE.getRegion());
        number = Cases.INSTANCE.number(call);
    }

    @Benchmark
    public boolean screen() {
        return peer.screen(number);
    }
}
