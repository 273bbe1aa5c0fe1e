package io.github.jdbcpglite.jdbc.internal.url;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses {@code jdbc:pglite:} URLs. Stateless.
 *
 * <pre>
 * url    = "jdbc:pglite:" target [ "?" key "=" value *( "&amp;" key "=" value ) ]
 * target = ""                                          ; as memory:
 *        | "memory:" [ "//" ] [ name ] [ "/" database ]
 *        | "temp:" [ "//" ] [ "/" database ]
 *        | "file:" [ "//" ] path [ "/" ]
 *        | path [ "/" ]                             ; starts with "/", "./", "../", "~/" or a drive
 * </pre>
 *
 * <p>A path that starts with {@code ~/} is below the user's home. A word alone, as in {@code
 * jdbc:pglite:memory}, is refused: a colon may have been forgotten, and a directory that nobody
 * meant would be made.
 */
public final class JdbcUrlParser {
    private static final String TARGETS =
            "memory:name, memory:name/database, temp:, file:directory, or a path that starts with"
                    + " /, ./, ../ or ~/";

    /** This driver's prefix, or what was meant to be it. */
    private static final Pattern LIKE_PREFIX =
            Pattern.compile("jdbc:pglite(?:[:/?;].*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** A path that can be nothing else, with either separator. */
    private static final Pattern PATH =
            Pattern.compile("(?:/|\\\\|~(?:/|$)|\\.\\.?(?:[/\\\\]|$)|[A-Za-z]:).*", Pattern.DOTALL);

    /** A word and a colon; one letter alone would be a Windows drive. */
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:");

    private static final Pattern DRIVE_PATH = Pattern.compile("^/[A-Za-z]:([/\\\\].*)?$");

    /** How other databases write a parameter; nobody means it for the end of a directory's name. */
    private static final Pattern SEMICOLON_PARAMETER = Pattern.compile(";\\s*\\w+=");

    private JdbcUrlParser() {}

    /** Returns whether a URL is meant for this driver, without looking whether it is valid. */
    public static boolean accepts(String url) {
        return LIKE_PREFIX.matcher(url).matches();
    }

    /**
     * Parses a URL.
     *
     * @throws SQLException with SQLState 08001 that names what is wrong
     */
    public static JdbcUrl parse(String url) throws SQLException {
        if (!url.startsWith(JdbcUrl.PREFIX)) {
            throw SqlErrors.cannotConnect("A URL of this driver starts with " + JdbcUrl.PREFIX);
        }
        int question = url.indexOf('?');
        String head = question < 0 ? url : url.substring(0, question);
        String query = question < 0 ? "" : url.substring(question + 1);
        Map<String, String> parameters = new LinkedHashMap<>();
        StringBuilder shown = new StringBuilder(head);
        if (!query.isEmpty()) {
            for (String parameter : query.split("&", -1)) {
                String key = addParameter(parameters, parameter);
                if (!key.toLowerCase(Locale.ROOT).endsWith("password")) {
                    shown.append(shown.length() == head.length() ? '?' : '&').append(parameter);
                }
            }
        }
        Located located = target(head.substring(JdbcUrl.PREFIX.length()));
        return new JdbcUrl(located.target, located.database, parameters, shown.toString());
    }

    /**
     * Parses what stands between the prefix and the parameters.
     *
     * @throws SQLException with SQLState 08001 that names what is wrong
     */
    public static JdbcUrl parseTarget(String target) throws SQLException {
        Located located = target(target);
        return new JdbcUrl(located.target, located.database, Map.of(), JdbcUrl.PREFIX + target);
    }

    private static String addParameter(Map<String, String> parameters, String text)
            throws SQLException {
        int equals = text.indexOf('=');
        String key = PercentCoding.decode(equals < 0 ? text : text.substring(0, equals), true);
        if (key.isEmpty()) {
            throw invalid("a parameter has no key; parameters are key=value, separated by &");
        }
        if (equals < 0) {
            throw invalid("parameter \"" + key + "\" has no value; write " + key + "=value");
        }
        String value = PercentCoding.decode(text.substring(equals + 1), true);
        if (parameters.putIfAbsent(key, value) != null) {
            throw invalid("parameter \"" + key + "\" is given more than once");
        }
        return key;
    }

    private static Located target(String text) throws SQLException {
        if (text.isEmpty() || text.startsWith("memory:")) {
            return memory(text.isEmpty() ? "" : withoutSlashes(text.substring(7)));
        }
        if (text.startsWith("temp:")) {
            return temporary(withoutSlashes(text.substring(5)));
        }
        if (text.startsWith("file:")) {
            return directory(text, withoutSlashes(text.substring(5)));
        }
        if (text.startsWith("//")) {
            throw invalid("a database in this process has no host; the target is " + TARGETS);
        }
        if (PATH.matcher(text).matches()) {
            return directory(text, text);
        }
        throw noTarget(text);
    }

    private static SQLException noTarget(String text) {
        Optional<String> nearest = NearestTarget.of(text);
        if (nearest.isPresent()) {
            return invalid(
                    "unknown target \""
                            + text
                            + "\"; did you mean "
                            + JdbcUrl.PREFIX
                            + nearest.get()
                            + "? The target is "
                            + TARGETS);
        }
        if (text.startsWith(":") || SCHEME.matcher(text).lookingAt()) {
            return invalid("unknown target \"" + text + "\"; the target is " + TARGETS);
        }
        return invalid(
                "\""
                        + text
                        + "\" is neither the name of a cluster nor clearly a path; write memory:"
                        + text
                        + " in memory, or ./"
                        + text
                        + " in a directory");
    }

    private static Located memory(String text) throws SQLException {
        int slash = text.indexOf('/');
        String name = PercentCoding.decode(slash < 0 ? text : text.substring(0, slash), false);
        if (name.indexOf(';') >= 0) {
            throw semicolon();
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                throw invalid("the name of a cluster has a control character");
            }
        }
        return new Located(
                new Target.Memory(name), database(slash < 0 ? "" : text.substring(slash)));
    }

    private static Located temporary(String text) throws SQLException {
        if (!text.isEmpty() && text.charAt(0) != '/') {
            throw invalid("temp: belongs to one connection and has no name; use memory:name");
        }
        return new Located(new Target.Temporary(), database(text));
    }

    /** Parses what follows the name: nothing, a slash, or a slash and a database. */
    private static Optional<String> database(String text) throws SQLException {
        String name = text.isEmpty() ? "" : text.substring(1);
        if (name.indexOf('/') >= 0) {
            throw invalid("\"" + name + "\" is no database; a slash in its name is written %2F");
        }
        String decoded = PercentCoding.decode(name, false);
        return decoded.isEmpty() ? Optional.empty() : Optional.of(decoded);
    }

    private static Located directory(String written, String text) throws SQLException {
        String path = PercentCoding.decode(text, false);
        if (path.isEmpty()) {
            throw invalid("file: needs a directory, as in file:data/mydb");
        }
        if (path.toLowerCase(Locale.ROOT).endsWith(".zip")) {
            throw invalid(
                    "snapshots in a .zip (\""
                            + path
                            + "\") are not supported yet; use a directory");
        }
        if (SEMICOLON_PARAMETER.matcher(path).find()) {
            throw semicolon();
        }
        if (DRIVE_PATH.matcher(path).matches()) {
            path = path.substring(1);
        }
        try {
            return new Located(new Target.Directory(home(path)), Optional.empty());
        } catch (InvalidPathException e) {
            throw SqlErrors.cannotConnect(
                    "\"" + written + "\" is not a path on this system: " + e.getReason(), e);
        }
    }

    /**
     * A path that starts with a tilde is in the user's home, as in a shell and in other drivers.
     */
    private static Path home(String path) {
        return path.equals("~") || path.startsWith("~/")
                ? Path.of(System.getProperty("user.home"), path.substring(1))
                : Path.of(path);
    }

    private static SQLException semicolon() {
        return invalid("parameters follow a ? and are separated by &, not by ;");
    }

    private static String withoutSlashes(String text) {
        return text.startsWith("//") ? text.substring(2) : text;
    }

    private static SQLException invalid(String what) {
        return SqlErrors.cannotConnect("Invalid " + JdbcUrl.PREFIX + " URL: " + what);
    }

    private record Located(Target target, Optional<String> database) {}
}
