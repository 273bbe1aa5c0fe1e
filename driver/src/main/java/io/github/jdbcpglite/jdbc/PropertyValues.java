package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of properties. Stateless. */
final class PropertyValues {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ?(|b|kb|mb|gb)");

    private PropertyValues() {}

    static int integer(String key, String value, int min, int max, String accepted)
            throws SQLException {
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw withCause(SqlErrors.invalidValue(key, value, accepted), e);
        }
        throw SqlErrors.invalidValue(key, value, accepted);
    }

    /** Reads a path of this system and makes it absolute. */
    static Path path(String key, String value) throws SQLException {
        try {
            return Path.of(value).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw withCause(SqlErrors.invalidValue(key, value, "a path; " + e.getReason()), e);
        }
    }

    /** Reads a comma-separated list of names of extensions; returns it sorted. */
    static List<String> names(String key, String value) throws SQLException {
        SortedSet<String> names = new TreeSet<>();
        for (String name : value.split(",", -1)) {
            if (!name.strip().matches("[A-Za-z0-9_-]+")) {
                throw SqlErrors.invalidValue(
                        key, value, "names of extensions separated by commas, or none");
            }
            names.add(name.strip());
        }
        return List.copyOf(names);
    }

    /** Reads a number of bytes, with PostgreSQL's units in any case. */
    static long sizeBytes(String key, String value) throws SQLException {
        String accepted = "a positive number of bytes, or one followed by kB, MB or GB";
        Matcher matcher = SIZE.matcher(value.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            int shift =
                    switch (matcher.group(2)) {
                        case "kb" -> 10;
                        case "mb" -> 20;
                        case "gb" -> 30;
                        default -> 0;
                    };
            if (number > 0 && number <= Long.MAX_VALUE >> shift) {
                return number << shift;
            }
        }
        throw SqlErrors.invalidValue(key, value, accepted);
    }

    /** Reads a number of seconds that may have a fraction, as pgjdbc does; returns nanoseconds. */
    static long secondsAsNanos(String key, String value) throws SQLException {
        String accepted = "a number of seconds, 0 for no limit";
        try {
            double seconds = Double.parseDouble(value.strip());
            if (seconds >= 0 && seconds <= Integer.MAX_VALUE) {
                return (long) (seconds * 1e9);
            }
        } catch (NumberFormatException e) {
            throw withCause(SqlErrors.invalidValue(key, value, accepted), e);
        }
        throw SqlErrors.invalidValue(key, value, accepted);
    }

    private static SQLException withCause(SQLException failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }
}
