package app.ringfence

/**
 * Why something could not be done. The message says what to do, in English, and holds no number,
 * no note and no path, so it may be logged.
 */
public sealed class RingfenceException(message: String) : Exception(message) {
    /** The database is missing, damaged or of a later format. */
    public class Database(message: String) : RingfenceException(message)

    /** The settings were refused; the ones before stay in force. */
    public class Settings(message: String) : RingfenceException(message)

    /** The phone's storage could not be read or written. */
    public class Storage(message: String) : RingfenceException(message)

    /** What was passed in makes no sense. */
    public class Input(message: String) : RingfenceException(message)

    /** This Ringfence is closed. */
    public class Closed(message: String) : RingfenceException(message)

    /** A fault of the program, or its native library is missing. */
    public class Internal(message: String) : RingfenceException(message)
}
