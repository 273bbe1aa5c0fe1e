package io.github.jdbcpglite.host.syscall.time;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.SyscallGroup;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Clocks and calendar times.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/time.h.html">time.h</a>
 */
public final class ClockSyscalls implements SyscallGroup {
    static final String CLOCK_TIME_GET = "clock_time_get";
    static final String DATE_NOW = "emscripten_date_now";
    static final String GET_NOW = "emscripten_get_now";
    static final String GMTIME = "_gmtime_js";
    static final String LOCALTIME = "_localtime_js";
    static final String MKTIME = "_mktime_js";
    static final String TZSET = "_tzset_js";
    static final String SETITIMER = "_setitimer_js";

    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final int ITIMER_REAL = 0;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final GuestProcess process;
    private final LinearMemory memory;

    /** Makes the calls of one process. */
    public ClockSyscalls(GuestProcess process) {
        this.process = process;
        this.memory = process.memory();
    }

    /** Adds them to the functions that the guest imports. */
    public void register(HostFunctionTable table) {
        table.wasi(this, CLOCK_TIME_GET);
        table.plain(this, DATE_NOW, GET_NOW, GMTIME, LOCALTIME, MKTIME, TZSET);
        table.syscall(this, SETITIMER);
    }

    @Override
    public long call(String name, long[] args) throws ErrnoException {
        return switch (name) {
            case CLOCK_TIME_GET -> clockTimeGet((int) args[0], (int) args[2]);
            case DATE_NOW -> dateNow();
            case GET_NOW -> getNow();
            case GMTIME -> breakDown(args[0], (int) args[1], ZoneOffset.UTC);
            case LOCALTIME -> breakDown(args[0], (int) args[1], process.timeZone());
            case MKTIME -> makeTime((int) args[0]);
            case TZSET -> setTimeZone((int) args[0], (int) args[1], (int) args[2], (int) args[3]);
            case SETITIMER -> setTimer((int) args[0], Double.longBitsToDouble(args[1]));
            default -> throw SyscallGroup.unknown(name);
        };
    }

    /**
     * {@code clock_gettime}: nanoseconds as an i64. The processor clocks run with the monotonic
     * one.
     *
     * @throws ErrnoException EINVAL (no such clock)
     */
    private long clockTimeGet(int clock, int resultAddr) throws ErrnoException {
        if (clock < CLOCK_REALTIME || clock > CLOCK_THREAD_CPUTIME_ID) {
            throw new ErrnoException(Errno.EINVAL);
        }
        memory.putLong(
                resultAddr,
                clock == CLOCK_REALTIME ? wallNanos() : process.clock().monotonicNanos());
        return 0;
    }

    private long wallNanos() {
        Instant now = process.clock().now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    /** Milliseconds since the epoch as an f64; keeps what a double can of the microseconds. */
    private long dateNow() {
        Instant now = process.clock().now();
        return Double.doubleToRawLongBits(
                now.getEpochSecond() * 1e3 + now.getNano() / NANOS_PER_MILLI);
    }

    /** Monotonic milliseconds as an f64; {@code clock_gettime(CLOCK_MONOTONIC)} is made of it. */
    private long getNow() {
        return Double.doubleToRawLongBits(process.clock().monotonicNanos() / NANOS_PER_MILLI);
    }

    /** {@code gmtime_r} and {@code localtime_r}; 1 becomes EOVERFLOW in the guest. */
    private long breakDown(long seconds, int tmAddr, ZoneId zone) {
        try {
            TimeStruct.write(memory, tmAddr, Instant.ofEpochSecond(seconds), zone);
            return 0;
        } catch (DateTimeException e) {
            return 1;
        }
    }

    /** {@code mktime}: seconds since the epoch, or -1, which becomes EOVERFLOW in the guest. */
    private long makeTime(int tmAddr) {
        try {
            LocalDateTime local = TimeStruct.readNormalized(memory, tmAddr);
            int daylight = memory.getInt(tmAddr + TimeStruct.ISDST);
            Instant instant = TimeZoneRules.instantOf(local, process.timeZone(), daylight);
            TimeStruct.write(memory, tmAddr, instant, process.timeZone());
            return instant.getEpochSecond();
        } catch (DateTimeException | ArithmeticException e) {
            return -1;
        }
    }

    /** {@code tzset}: offset, whether there is summer time, and two names of up to 16 bytes. */
    private long setTimeZone(int offsetAddr, int daylightAddr, int standardAddr, int summerAddr) {
        TimeZoneRules.Description zone =
                TimeZoneRules.describe(process.timeZone(), process.clock().now());
        memory.putInt(offsetAddr, -zone.standardSeconds());
        memory.putInt(daylightAddr, zone.hasSummerTime() ? 1 : 0);
        GuestMemory strings = new GuestMemory(memory);
        strings.writeString(standardAddr, zone.standardName());
        strings.writeString(summerAddr, zone.summerName());
        return 0;
    }

    /**
     * {@code setitimer}: keeps the deadline in the process; whoever schedules the process delivers
     * it through {@code _emscripten_timeout}.
     *
     * @param millis time from now, 0 to disarm
     * @throws ErrnoException EINVAL (a timer other than ITIMER_REAL, a negative time)
     */
    private long setTimer(int which, double millis) throws ErrnoException {
        if (which != ITIMER_REAL || !(millis >= 0)) {
            throw new ErrnoException(Errno.EINVAL);
        }
        process.setTimerDeadline(
                millis == 0
                        ? GuestProcess.NO_TIMER
                        : process.clock().monotonicNanos() + Math.round(millis * NANOS_PER_MILLI));
        return 0;
    }
}
