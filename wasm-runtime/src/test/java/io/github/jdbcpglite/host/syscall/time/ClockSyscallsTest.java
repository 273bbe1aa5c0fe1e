package io.github.jdbcpglite.host.syscall.time;

import static io.github.jdbcpglite.host.syscall.GuestFixture.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.host.process.GuestClock;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.syscall.GuestFixture;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ClockSyscallsTest {
    private static final String CLOCK = "clock_time_get";
    private static final String SETITIMER = "_setitimer_js";
    private static final String MKTIME = "_mktime_js";
    private static final String LOCALTIME = "_localtime_js";
    private static final String GMTIME = "_gmtime_js";
    private static final String TZSET = "_tzset_js";

    private final GuestFixture guest;
    private final int tm;

    ClockSyscallsTest() throws ErrnoException {
        guest = new GuestFixture();
        tm = guest.allocate(44);
    }

    private static GuestFixture in(String zone) throws ErrnoException {
        return new GuestFixture(
                MemoryFileSystem.create(), builder -> builder.timeZone(ZoneId.of(zone)));
    }

    /** Returns the fields before the zone's name. */
    private static int[] fields(GuestFixture guest, int addr) {
        int[] fields = new int[10];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = guest.memory.getInt(addr + 4 * i);
        }
        return fields;
    }

    private static long seconds(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    @Test
    void clocksCountNanoseconds() {
        int result = guest.allocate(8);
        guest.succeeds(CLOCK, 0, 1, result);
        assertThat(guest.memory.getLong(result)).isEqualTo(1_709_210_096_789_012_000L);
        for (int clock = 1; clock <= 3; clock++) {
            guest.memory.putLong(result, 0);
            guest.succeeds(CLOCK, clock, 1, result);
            assertThat(guest.memory.getLong(result)).isEqualTo(5_000_250_000L);
        }
        guest.failsWasi(Errno.EINVAL, CLOCK, 4, 1, result);
        guest.failsWasi(Errno.EINVAL, CLOCK, -1L, 1, result);
        guest.failsWasi(Errno.EFAULT, CLOCK, 0, 1, OUTSIDE);
    }

    @Test
    void millisecondsAreDoublesWithMicroseconds() {
        assertThat(Double.longBitsToDouble(guest.call("emscripten_date_now")))
                .isEqualTo(1_709_210_096_789.012);
        assertThat(Double.longBitsToDouble(guest.call("emscripten_get_now"))).isEqualTo(5000.25);
    }

    @Test
    void theSystemClockIsThatOfTheJvmAndStartsAboveZero() {
        GuestClock clock = GuestClock.system();
        Instant before = Instant.now();
        assertThat(clock.now()).isBetween(before, Instant.now());
        long first = clock.monotonicNanos();
        assertThat(first).isGreaterThanOrEqualTo(1_000_000_000L);
        assertThat(clock.monotonicNanos()).isGreaterThanOrEqualTo(first);
    }

    @Test
    void gmtimeFillsTheStruct() {
        guest.succeeds(GMTIME, seconds("2024-02-29T23:59:58Z"), tm);
        assertThat(fields(guest, tm)).containsExactly(58, 59, 23, 29, 1, 124, 4, 59, 0, 0);
        assertThat(guest.memory.getInt(tm + 40)).isEqualTo(0x5A5A5A5A);
        guest.succeeds(GMTIME, -1L, tm);
        assertThat(fields(guest, tm)).containsExactly(59, 59, 23, 31, 11, 69, 3, 364, 0, 0);
        guest.succeeds(GMTIME, seconds("2023-01-01T00:00:00Z"), tm);
        assertThat(fields(guest, tm)[6]).as("Sunday").isZero();
    }

    @Test
    void timesOutsideTheCalendarOverflow() {
        assertThat(guest.call(GMTIME, Long.MAX_VALUE, tm)).isEqualTo(1);
        assertThat(guest.call(LOCALTIME, Long.MIN_VALUE, tm)).isEqualTo(1);
        guest.memory.fill(tm, 44, (byte) 0);
        guest.memory.putInt(tm + 20, Integer.MAX_VALUE);
        assertThat(guest.call(MKTIME, tm)).isEqualTo(-1);
    }

    @Test
    void localtimeKnowsSummerTime() throws ErrnoException {
        GuestFixture berlin = in("Europe/Berlin");
        int addr = berlin.allocate(44);
        berlin.succeeds(LOCALTIME, seconds("2024-07-01T22:30:00Z"), addr);
        assertThat(fields(berlin, addr)).containsExactly(0, 30, 0, 2, 6, 124, 2, 183, 1, 7200);
        berlin.succeeds(LOCALTIME, seconds("2024-01-01T22:30:00Z"), addr);
        assertThat(fields(berlin, addr)).containsExactly(0, 30, 23, 1, 0, 124, 1, 0, 0, 3600);
    }

    private static int tm(GuestFixture guest, int... fields) {
        int addr = guest.allocate(44);
        for (int i = 0; i < fields.length; i++) {
            guest.memory.putInt(addr + 4 * i, fields[i]);
        }
        return addr;
    }

    @Test
    void mktimeNormalizesFields() {
        int addr = tm(guest, 75, 59, 25, 0, 14, 123, 99, 99, -1);
        assertThat(guest.call(MKTIME, addr)).isEqualTo(seconds("2024-03-01T02:00:15Z"));
        assertThat(fields(guest, addr)).containsExactly(15, 0, 2, 1, 2, 124, 5, 60, 0, 0);
    }

    @Test
    void mktimeTakesTheCallersWordOnSummerTime() throws ErrnoException {
        GuestFixture berlin = in("Europe/Berlin");
        int applies = tm(berlin, 0, 0, 12, 1, 6, 124, 0, 0, -1);
        assertThat(berlin.call(MKTIME, applies)).isEqualTo(seconds("2024-07-01T10:00:00Z"));
        int standard = tm(berlin, 0, 0, 12, 1, 6, 124, 0, 0, 0);
        assertThat(berlin.call(MKTIME, standard)).isEqualTo(seconds("2024-07-01T11:00:00Z"));
        assertThat(fields(berlin, standard)).containsExactly(0, 0, 13, 1, 6, 124, 1, 182, 1, 7200);
        int summer = tm(berlin, 0, 0, 12, 1, 0, 124, 0, 0, 1);
        assertThat(berlin.call(MKTIME, summer)).isEqualTo(seconds("2024-01-01T10:00:00Z"));
        assertThat(fields(berlin, summer)[2]).isEqualTo(11);
    }

    @Test
    void tzsetDescribesTheZone() throws ErrnoException {
        GuestFixture berlin = in("Europe/Berlin");
        int offset = berlin.allocate(8);
        int standard = berlin.allocate(17);
        int summer = berlin.allocate(17);
        berlin.call(TZSET, offset, offset + 4, standard, summer);
        assertThat(berlin.memory.getInt(offset)).isEqualTo(-3600);
        assertThat(berlin.memory.getInt(offset + 4)).isEqualTo(1);
        assertThat(berlin.text(standard, 9)).isEqualTo("UTC+0100\0");
        assertThat(berlin.text(summer, 9)).isEqualTo("UTC+0200\0");
        guest.call(TZSET, tm, tm + 4, standard, summer);
        assertThat(guest.memory.getLong(tm)).isZero();
        assertThat(guest.text(standard, 4)).isEqualTo("UTC\0");
        assertThat(guest.text(summer, 4)).isEqualTo("UTC\0");
        GuestFixture west = in("-03:30");
        west.call(TZSET, offset, offset + 4, standard, summer);
        assertThat(west.memory.getInt(offset)).isEqualTo(12600);
        assertThat(west.memory.getInt(offset + 4)).isZero();
        assertThat(west.text(standard, 9)).isEqualTo("UTC-0330\0");
    }

    @Test
    void theTimerKeepsItsDeadline() {
        assertThat(guest.process.timerDeadlineNanos()).isEqualTo(GuestProcess.NO_TIMER);
        guest.succeeds(SETITIMER, 0, Double.doubleToRawLongBits(1.5));
        assertThat(guest.process.timerDeadlineNanos()).isEqualTo(5_001_750_000L);
        guest.succeeds(SETITIMER, 0, Double.doubleToRawLongBits(0));
        assertThat(guest.process.timerDeadlineNanos()).isEqualTo(GuestProcess.NO_TIMER);
        guest.fails(Errno.EINVAL, SETITIMER, 1, Double.doubleToRawLongBits(1));
        guest.fails(Errno.EINVAL, SETITIMER, 0, Double.doubleToRawLongBits(-1));
        guest.fails(Errno.EINVAL, SETITIMER, 0, Double.doubleToRawLongBits(Double.NaN));
    }
}
