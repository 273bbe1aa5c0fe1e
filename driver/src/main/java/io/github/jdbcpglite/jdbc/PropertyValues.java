package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.listen.ListenAddress;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import java.nio.file.Files;
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

    /** Reads one of the property's choices. */
    static String choice(PGliteProperty property, String value) throws SQLException {
        if (!property.getChoices().contains(value)) {
            throw SqlErrors.invalidValue(
                    property.getName(), value, String.join(", ", property.getChoices()));
        }
        return value;
    }

    /** Reads one of the property's choices or a number of seconds. */
    static String choiceOrSeconds(PGliteProperty property, String value, String accepted)
            throws SQLException {
        if (property.getChoices().contains(value)) {
            return value;
        }
        String key = property.getName();
        return Integer.toString(integer(key, value, 0, Integer.MAX_VALUE, accepted));
    }

    /** Reads a path of an archive in a directory that exists. */
    static String archive(String key, String value) throws SQLException {
        Path path = path(key, value).normalize();
        if (!ClusterOptions.isArchiveName(path)) {
            throw SqlErrors.invalidValue(key, value, "a file named .tar, .tar.gz or .tgz");
        }
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw SqlErrors.invalidValue(key, value, "a file in a directory that exists");
        }
        return path.toString();
    }

    /** Reads an address to listen on. */
    static String listen(String key, String value) throws SQLException {
        return ListenAddress.parse(value)
                .orElseThrow(() -> SqlErrors.invalidValue(key, value, ListenAddress.ACCEPTED))
                .text();
    }

    /** Reads a number of connections. */
    static String connections(String key, String value) throws SQLException {
        int min = ClusterOption.FEWEST_CONNECTIONS;
        int max = ClusterOption.MOST_CONNECTIONS;
        String accepted = "a whole number from " + min + " to " + max;
        return Integer.toString(integer(key, value, min, max, accepted));
    }

    /** Reads a number of bytes, with PostgreSQL's units in any case. */
    static String size(String key, String value) throws SQLException {
        return Long.toString(sizeBytes(key, value));
    }

    /** Reads names of extensions, which become sorted. */
    static String extensions(String key, String value) throws SQLException {
        return String.join(",", names(key, value));
    }

    /** Returns the names in a list in normal form, in which none is for an empty one. */
    static List<String> list(String normal) {
        return normal.equals("none") ? List.of() : List.of(normal.split(",", -1));
    }

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

    private static List<String> names(String key, String value) throws SQLException {
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

    private static long sizeBytes(String key, String value) throws SQLException {
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
