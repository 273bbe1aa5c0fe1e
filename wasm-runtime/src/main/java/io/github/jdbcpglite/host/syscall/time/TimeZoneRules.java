package io.github.jdbcpglite.host.syscall.time;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Locale;

/** What C asks of a time zone: two offsets a year, and names for them. */
final class TimeZoneRules {
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int JULY = 7;

    private TimeZoneRules() {}

    /**
     * A zone for {@code tzset}.
     *
     * @param standardSeconds standard offset east of Greenwich
     * @param hasSummerTime whether there is another offset in the same year
     * @param standardName name of standard time, ASCII
     * @param summerName name of summer time, ASCII; the standard one if there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // goes straight into guest memory
    record Description(
            int standardSeconds, boolean hasSummerTime, byte[] standardName, byte[] summerName) {}

    static Description describe(ZoneId zone, Instant now) {
        ZoneRules rules = zone.getRules();
        int standard = rules.getStandardOffset(now).getTotalSeconds();
        int summer = summerOffset(rules, now.atZone(zone).getYear());
        return new Description(standard, summer != standard, name(standard), name(summer));
    }

    private static byte[] name(int seconds) {
        if (seconds == 0) {
            return "UTC".getBytes(StandardCharsets.US_ASCII);
        }
        int absolute = Math.abs(seconds);
        String text =
                String.format(
                        Locale.ROOT,
                        "UTC%c%02d%02d",
                        seconds < 0 ? '-' : '+',
                        absolute / SECONDS_PER_HOUR,
                        absolute % SECONDS_PER_HOUR / SECONDS_PER_MINUTE);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the offset of summer time, north or south, or the standard one if there is none. */
    private static int summerOffset(ZoneRules rules, int year) {
        int january = rules.getOffset(LocalDateTime.of(year, 1, 1, 0, 0)).getTotalSeconds();
        int july = rules.getOffset(LocalDateTime.of(year, JULY, 1, 0, 0)).getTotalSeconds();
        return Math.max(january, july);
    }

    /**
     * Finds the moment of a local time as {@code mktime} does.
     *
     * @param daylight {@code tm_isdst}: above 0 the time is meant as summer time, 0 as standard
     *     time, below 0 as what applies
     */
    static Instant instantOf(LocalDateTime local, ZoneId zone, int daylight) {
        ZoneRules rules = zone.getRules();
        ZoneOffset applies = rules.getOffset(local);
        Instant guess = local.toInstant(applies);
        if (daylight < 0 || daylight > 0 == rules.isDaylightSavings(guess)) {
            return guess;
        }
        if (daylight == 0) {
            return local.toInstant(rules.getStandardOffset(guess));
        }
        int summer = summerOffset(rules, local.getYear());
        return local.toInstant(ZoneOffset.ofTotalSeconds(summer));
    }
}
