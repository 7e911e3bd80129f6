package app.ringfence.benches;

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

/** The verdict on a ringing call, through the interface that apps use. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class DataPlane {
    /** One of {@link Cases}, or a handle that was closed. */
    @Param({"mobile", "national", "faked", "hidden", "closed"})
    public String call;

    private Caller caller;

    @Setup
    public void open() {
        caller = new Caller(call);
    }

    @Benchmark
    public long screen() {
        return caller.screen();
    }

    @Benchmark
    public long screenNew() {
        return caller.screenNew();
    }
}
