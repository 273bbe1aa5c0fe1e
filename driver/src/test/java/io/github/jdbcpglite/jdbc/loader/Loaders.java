package io.github.jdbcpglite.jdbc.loader;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Class loaders with parts of the class path of this test, and drivers in them. */
final class Loaders {
    static final Predicate<Path> PGJDBC = path -> name(path).startsWith("postgresql-");

    private static final String DRIVER = "io.github.jdbcpglite.jdbc.PGliteDriver";

    private Loaders() {}

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Returns those entries of the class path. */
    static List<Path> entries(Predicate<Path> which) {
        String classPath = System.getProperty("java.class.path");
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(which)
                .toList();
    }

    static URLClassLoader loader(ClassLoader parent, List<Path> entries) {
        return new URLClassLoader(entries.stream().map(Loaders::url).toArray(URL[]::new), parent);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has the driver of a class loader say {@code select 42}, on a thread with that context. */
    static int answer(ClassLoader application, @Nullable ClassLoader context, Properties info)
            throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try (Connection connection = driver(application).connect("jdbc:pglite:memory:", info);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 42")) {
            if (thread.getContextClassLoader() != context) {
                throw new AssertionError("the thread has another context class loader now");
            }
            rows.next();
            return rows.getInt(1);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    static int answer(ClassLoader application, @Nullable ClassLoader context) throws Exception {
        return answer(application, context, new Properties());
    }

    private static Driver driver(ClassLoader application) throws ReflectiveOperationException {
        return (Driver) application.loadClass(DRIVER).getConstructor().newInstance();
    }

    /** Ends what a driver of a class loader has opened. */
    static void deregister(ClassLoader application) throws Exception {
        application.loadClass(DRIVER).getMethod("deregister").invoke(null);
    }

    /** Returns why the driver of a class loader makes no connection. */
    static SQLException refusal(ClassLoader application) throws Exception {
        try {
            answer(application, application);
        } catch (SQLException e) {
            return e;
        }
        throw new AssertionError("it has connected");
    }
}
