package app.ringfence.benches;

import app.ringfence.internal.NativeLibrary;
import app.ringfence.internal.NativeScreener;

/** A first verdict by the natives alone, which are not for apps: what their interfaces cost is above it. */
public final class Natives {
    private static final int ALLOWED = 1;

    private Natives() {}

    /** The nanoseconds of each step. */
    public static long[] ask(String folder, String database, String number, long at) {
        long start = System.nanoTime();
        boolean loadable = NativeLibrary.INSTANCE.getLoaded();
        long loaded = System.nanoTime();
        long handle = NativeScreener.open(folder, database, -1, 0, 0);
        long opened = System.nanoTime();
        NativeScreener.screen(handle, number, ALLOWED, 0, 0, at);
        long done = System.nanoTime();
        if (!loadable || handle <= 0) {
            throw new IllegalStateException("not open: " + handle);
        }
        return new long[] {loaded - start, opened - loaded, done - opened};
    }
}
