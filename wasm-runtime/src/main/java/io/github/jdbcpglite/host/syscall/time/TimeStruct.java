package io.github.jdbcpglite.host.syscall.time;

import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
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

    static void write(PagedLinearMemory memory, int addr, Instant instant, ZoneId zone) {
        ZonedDateTime time = instant.atZone(zone);
        memory.writeI32(addr + SEC, time.getSecond());
        memory.writeI32(addr + MIN, time.getMinute());
        memory.writeI32(addr + HOUR, time.getHour());
        memory.writeI32(addr + MDAY, time.getDayOfMonth());
        memory.writeI32(addr + MON, time.getMonthValue() - 1);
        memory.writeI32(addr + YEAR, time.getYear() - YEAR_ZERO);
        memory.writeI32(addr + WDAY, time.getDayOfWeek().getValue() % DAYS_PER_WEEK);
        memory.writeI32(addr + YDAY, time.getDayOfYear() - 1);
        memory.writeI32(addr + ISDST, zone.getRules().isDaylightSavings(instant) ? 1 : 0);
        memory.writeI32(addr + GMTOFF, time.getOffset().getTotalSeconds());
    }

    /** Reads the fields, which may be outside their ranges, as {@code mktime} allows. */
    static LocalDateTime readNormalized(PagedLinearMemory memory, int addr) {
        int year = Math.addExact(memory.readInt(addr + YEAR), YEAR_ZERO);
        return LocalDateTime.of(year, 1, 1, 0, 0)
                .plusMonths(memory.readInt(addr + MON))
                .plusDays(memory.readInt(addr + MDAY) - 1L)
                .plusHours(memory.readInt(addr + HOUR))
                .plusMinutes(memory.readInt(addr + MIN))
                .plusSeconds(memory.readInt(addr + SEC));
    }
}
