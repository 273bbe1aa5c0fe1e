package io.github.jdbcpglite.host.syscall.time;

import io.github.jdbcpglite.engine.LinearMemory;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** musl's {@code struct tm} of 44 bytes; {@code tm_zone} at 40 is the guest's to set. */
final class TimeStruct {
    private static final int SEC = 0;
    private static final int MIN = 4;
    private static final int HOUR = 8;
    private static final int MDAY = 12;
    private static final int MON = 16;
    private static final int YEAR = 20;
    private static final int WDAY = 24;
    private static final int YDAY = 28;
    static final int ISDST = 32;
    private static final int GMTOFF = 36;
    private static final int YEAR_ZERO = 1900;
    private static final int DAYS_PER_WEEK = 7;

    private TimeStruct() {}

    static void write(LinearMemory memory, int addr, Instant instant, ZoneId zone) {
        ZonedDateTime time = instant.atZone(zone);
        memory.putInt(addr + SEC, time.getSecond());
        memory.putInt(addr + MIN, time.getMinute());
        memory.putInt(addr + HOUR, time.getHour());
        memory.putInt(addr + MDAY, time.getDayOfMonth());
        memory.putInt(addr + MON, time.getMonthValue() - 1);
        memory.putInt(addr + YEAR, time.getYear() - YEAR_ZERO);
        memory.putInt(addr + WDAY, time.getDayOfWeek().getValue() % DAYS_PER_WEEK);
        memory.putInt(addr + YDAY, time.getDayOfYear() - 1);
        memory.putInt(addr + ISDST, zone.getRules().isDaylightSavings(instant) ? 1 : 0);
        memory.putInt(addr + GMTOFF, time.getOffset().getTotalSeconds());
    }

    /** Reads the fields, which may be outside their ranges, as {@code mktime} allows. */
    static LocalDateTime readNormalized(LinearMemory memory, int addr) {
        int year = Math.addExact(memory.getInt(addr + YEAR), YEAR_ZERO);
        return LocalDateTime.of(year, 1, 1, 0, 0)
                .plusMonths(memory.getInt(addr + MON))
                .plusDays(memory.getInt(addr + MDAY) - 1L)
                .plusHours(memory.getInt(addr + HOUR))
                .plusMinutes(memory.getInt(addr + MIN))
                .plusSeconds(memory.getInt(addr + SEC));
    }
}
