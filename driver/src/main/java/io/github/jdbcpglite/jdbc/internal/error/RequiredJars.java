package io.github.jdbcpglite.jdbc.internal.error;

import java.net.URL;
import java.security.CodeSource;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jars that this one does not work without. Thread-safe.
 *
 * <p>Nothing here refers to their classes, so that it can be asked without them.
 */
public final class RequiredJars {
    /** The first version with the constructor of connections that the driver calls. */
    private static final String MINIMAL_PGJDBC = "42.3.2";

    private static final String PGJDBC = "org.postgresql:postgresql";

    private static final String RUNTIME = "io.github.jdbcpglite:jdbc-pglite-wasm-runtime";

    /** A class of each jar, by what Maven calls the jar. */
    private static final Map<String, String> CLASSES = classes();

    private static volatile boolean complete;

    private RequiredJars() {}

    private static Map<String, String> classes() {
        Map<String, String> classes = new LinkedHashMap<>();
        classes.put(PGJDBC, "org.postgresql.jdbc.PgConnection");
        classes.put(RUNTIME, "io.github.jdbcpglite.postgres.Clusters");
        classes.put("com.dylibso.chicory:runtime", "com.dylibso.chicory.runtime.Instance");
        classes.put("com.dylibso.chicory:wasm", "com.dylibso.chicory.wasm.WasmModule");
        return classes;
    }

    /**
     * Checks that those are there that every connection needs at once. Looking for the others would
     * load classes that a start does without.
     *
     * @throws SQLException with SQLState 08001, naming what is missing or too old
     */
    public static void check() throws SQLException {
        if (complete) {
            return;
        }
        if (isMissing(PGJDBC) || isMissing(RUNTIME)) {
            throw missing();
        }
        checkPgjdbc();
        complete = true;
    }

    /**
     * Throws an exception that names what is missing, if that is why a class could not be loaded.
     *
     * @throws SQLException with SQLState 08001
     */
    public static void explain(Throwable failure) throws SQLException {
        if (failure instanceof LinkageError
                && CLASSES.keySet().stream().anyMatch(RequiredJars::isMissing)) {
            SQLException explained = missing();
            explained.initCause(failure);
            throw explained;
        }
    }

    private static boolean isMissing(String artifact) {
        String name = CLASSES.get(artifact);
        return name == null || find(name) == null;
    }

    private static SQLException missing() {
        List<String> missing = CLASSES.keySet().stream().filter(RequiredJars::isMissing).toList();
        return unusable(
                "jdbc-pglite lacks "
                        + String.join(" and ", missing)
                        + " on the class path or module path of "
                        + RequiredJars.class.getClassLoader()
                        + "; add what is missing");
    }

    /** Returns whether a connection has been possible as far as {@link #check} can tell. */
    public static boolean haveBeenChecked() {
        return complete;
    }

    private static void checkPgjdbc() throws SQLException {
        String found = pgjdbcVersion();
        if (found != null && !isAtLeast(found, MINIMAL_PGJDBC)) {
            throw unusable(
                    PGJDBC
                            + " "
                            + found
                            + " is too old for jdbc-pglite, which needs "
                            + MINIMAL_PGJDBC
                            + " or later; it is in "
                            + place("org.postgresql.jdbc.PgConnection"));
        }
    }

    /** Returns pgjdbc's own word for its version, or {@code null} if it does not say. */
    private static @Nullable String pgjdbcVersion() {
        Class<?> info = find("org.postgresql.util.DriverInfo");
        if (info == null) {
            return null;
        }
        try {
            // The compiler would copy the constant that it finds when this class is compiled.
            return String.valueOf(info.getField("DRIVER_VERSION").get(null));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Compares the numbers of two versions; what follows the third does not count. */
    private static boolean isAtLeast(String version, String minimum) {
        String[] found = version.split("[^0-9]+", -1);
        String[] wanted = minimum.split("[^0-9]+", -1);
        for (int i = 0; i < wanted.length; i++) {
            int have = i < found.length && !found[i].isEmpty() ? Integer.parseInt(found[i]) : 0;
            int want = Integer.parseInt(wanted[i]);
            if (have != want) {
                return have > want;
            }
        }
        return true;
    }

    /** Makes the exception without the class that makes the others, which needs the jars. */
    private static SQLException unusable(String message) {
        return new SQLNonTransientConnectionException(message, "08001");
    }

    private static @Nullable Class<?> find(String name) {
        try {
            return Class.forName(name, false, RequiredJars.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null; // what it needs itself is not there
        }
    }

    private static String place(String name) {
        Class<?> found = find(name);
        CodeSource source = found == null ? null : found.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return location == null ? "an unknown place" : location.toString();
    }
}
