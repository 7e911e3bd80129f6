package app.ringfence.benches;

import app.ringfence.Assessment;
import app.ringfence.Call;
import app.ringfence.Direction;
import app.ringfence.Explanation;
import app.ringfence.Presentation;
import app.ringfence.Ringfence;
import app.ringfence.Settings;
import app.ringfence.Verification;
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
import org.openjdk.jmh.annotations.Warmup;

/** What the app asks when no call rings, through the interfaces that apps use. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ControlPlane {
    private Ringfence ringfence;
    private Call call;

    @Setup
    public void open() {
        ringfence = Cases.INSTANCE.open();
        String mobile = Cases.INSTANCE.number("mobile");
        call = new Call(mobile, Presentation.ALLOWED, Verification.NOT_VERIFIED, Direction.INCOMING);
    }

    @Benchmark
    public Explanation explain() {
        return ringfence.getExplainer().explain(call, Cases.INSTANCE.getAt());
    }

    @Benchmark
    public Settings settings() {
        return ringfence.getSettings().current();
    }

    @Benchmark
    public Assessment checkNote() {
        return ringfence.getCallCheck().check(Cases.INSTANCE.getNote());
    }

    @Benchmark
    public Assessment checkAnswers() {
        return ringfence.getCallCheck().check(Cases.INSTANCE.getAnswers());
    }
}
