package io.github.jdbcpglite.testing;

import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.jdbc.PGliteDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A database that is filled once and copied for each test. Thread-safe.
 *
 * <pre>{@code
 * static final PGliteTemplate TEMPLATE =
 *         PGliteTemplate.filledBy(dataSource ->
 *                 Flyway.configure().dataSource(dataSource).load().migrate());
 *
 * try (PGliteTestDatabase database = TEMPLATE.create()) {
 *     DataSource dataSource = database.getDataSource();
 * }
 * }</pre>
 *
 * <p>It is filled when the first copy is asked for, and stays until the JVM ends. If that fails,
 * every request for a copy fails in the same way, without trying again. What is filled by scripts
 * and fillers of the class path is also kept in the build folder, so that other JVMs of the build
 * and the next build only load it: the system property {@code pglite.testing.cache} names another
 * directory, or is {@code off}.
 */
public final class PGliteTemplate {
    /** Templates of the JVM: for the same loader, scripts and their content, filler and kind. */
    private static final ConcurrentMap<List<Object>, PGliteTemplate> SHARED =
            new ConcurrentHashMap<>();

    private final DatabaseFiller filler;
    private final Isolation isolation;
    private final Content content;
    private @Nullable String name;
    private @Nullable Exception failure;

    private PGliteTemplate(DatabaseFiller filler, Isolation isolation, Content content) {
        this.filler = filler;
        this.isolation = isolation;
        this.content = content;
    }

    /** Finds out what decides what a template holds. */
    @FunctionalInterface
    private interface Content {
        /** Nobody knows. */
        Content UNKNOWN = Optional::empty;

        /** Returns a key of it, or nothing if it must not be used by other JVMs. */
        Optional<String> key() throws IOException;
    }

    /** Returns a template of an empty database. */
    public static PGliteTemplate empty() {
        return filledBy(dataSource -> {});
    }

    /** Returns a template that a function fills. */
    public static PGliteTemplate filledBy(DatabaseFiller filler) {
        return new PGliteTemplate(filler, Isolation.CLUSTER, Content.UNKNOWN);
    }

    /**
     * Returns a template that SQL scripts fill.
     *
     * @param loader where the scripts are looked for
     * @param resources their names, in the order in which they run; UTF-8
     */
    public static PGliteTemplate filledByScripts(ClassLoader loader, List<String> resources) {
        List<String> names = List.copyOf(resources);
        return new PGliteTemplate(
                scripts(loader, names), Isolation.CLUSTER, ofScripts(loader, names));
    }

    /** An empty database is made faster than it is loaded. */
    private static Content ofScripts(ClassLoader loader, List<String> names) {
        return names.isEmpty()
                ? Content.UNKNOWN
                : () -> Optional.of(scriptsKey(loader, names).addClassPath(false).text());
    }

    /**
     * Returns the template of this JVM that SQL scripts and then a filler fill: for equal arguments
     * and unchanged scripts it is always the same, so that it is filled once.
     *
     * @param loader where the scripts are looked for
     * @param resources their names, in the order in which they run; UTF-8
     * @param filler a class with a constructor without parameters
     * @param isolation of the copies
     */
    public static PGliteTemplate shared(
            ClassLoader loader,
            List<String> resources,
            Class<? extends DatabaseFiller> filler,
            Isolation isolation) {
        List<String> names = List.copyOf(resources);
        String scripts;
        try {
            scripts = scriptsKey(loader, names).text();
        } catch (IOException e) {
            // Filling it fails in the same way, for everybody who asks.
            scripts = String.valueOf(e.getMessage());
        }
        return SHARED.computeIfAbsent(
                List.of(loader, names, scripts, filler, isolation),
                key -> {
                    FillerOfClass second = new FillerOfClass(filler);
                    Content content =
                            DatabaseFiller.Nothing.class.isAssignableFrom(filler)
                                    ? ofScripts(loader, names)
                                    : () -> second.key(scriptsKey(loader, names));
                    return new PGliteTemplate(
                            both(scripts(loader, names), second), isolation, content);
                });
    }

    /** Returns a template that this one's filler and then another one fill. */
    public PGliteTemplate andBy(DatabaseFiller next) {
        return new PGliteTemplate(both(filler, next), isolation, Content.UNKNOWN);
    }

    /**
     * Returns a template that the same filler fills and whose copies are of a kind; they are {@link
     * Isolation#CLUSTER clusters} unless it is called.
     */
    public PGliteTemplate isolating(Isolation kind) {
        return new PGliteTemplate(filler, kind, content);
    }

    private static DatabaseFiller both(DatabaseFiller first, DatabaseFiller second) {
        return dataSource -> {
            first.fill(dataSource);
            second.fill(dataSource);
        };
    }

    private static DatabaseFiller scripts(ClassLoader loader, List<String> names) {
        return dataSource -> {
            for (String resource : names) {
                // Each has a session of its own: the settings of one are none of the next.
                try (Connection connection = dataSource.getConnection()) {
                    PGlite.runScript(connection, resource, read(loader, resource));
                }
            }
        };
    }

    private static ContentKey scriptsKey(ClassLoader loader, List<String> names)
            throws IOException {
        ContentKey key = new ContentKey();
        for (String resource : names) {
            key.add(resource).add(read(loader, resource));
        }
        return key;
    }

    private static String read(ClassLoader loader, String resource) throws IOException {
        try (InputStream input = loader.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IOException("There is no script \"" + resource + "\" on the class path");
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Makes a copy, filling the template if this is the first one.
     *
     * @return a database to close when the test is over
     * @throws SQLException if the template could not be filled or copied
     */
    public PGliteTestDatabase create() throws SQLException {
        return PGliteTestDatabase.copyOf(isolation.copies(), filled());
    }

    /** Returns the name of what was filled. */
    private synchronized String filled() throws SQLException {
        if (failure != null) {
            throw new SQLException("The template could not be filled: " + failure, failure);
        }
        String present = name;
        if (present != null) {
            return present;
        }
        Making making = new Making();
        try {
            Optional<TemplateCache> cache =
                    isolation.copies().hasArchives()
                            ? TemplateCache.ofProperties()
                            : Optional.empty();
            Optional<String> key = cache.isPresent() ? content.key() : Optional.empty();
            String fresh =
                    key.isPresent() ? cache.orElseThrow().obtain(key.get(), making) : making.fill();
            making.freeze(fresh);
            name = fresh;
            return fresh;
        } catch (Exception e) { // whatever a migration throws, the next test is to hear of it too
            Exception why = making.thrown == null ? e : making.thrown;
            failure = why;
            throw new SQLException("The template could not be filled: " + why, why);
        }
    }

    /** Makes what becomes the template, and leaves nothing if that fails. */
    private final class Making implements TemplateCache.Maker {
        private final Copies copies = isolation.copies();

        /** What the filler threw, if that is no {@code SQLException}. */
        private @Nullable Exception thrown;

        @Override
        public String fill() throws SQLException {
            String fresh = copies.empty();
            PGliteDataSource dataSource = new PGliteDataSource();
            dataSource.setUrl(copies.url(fresh));
            boolean done = false;
            try {
                filler.fill(dataSource);
                done = true;
                return fresh;
            } catch (SQLException e) {
                throw e;
            } catch (Exception e) { // a filler may throw anything; the caller tells it on
                thrown = e;
                throw new SQLException(e.toString(), e);
            } finally {
                if (!done) {
                    copies.drop(fresh);
                }
            }
        }

        @Override
        public String load(Path archive) throws SQLException {
            return copies.load(archive);
        }

        @Override
        public void write(String fresh, Path archive) throws SQLException {
            copies.write(fresh, archive);
        }

        void freeze(String fresh) throws SQLException {
            boolean done = false;
            try {
                copies.freeze(fresh);
                done = true;
            } finally {
                if (!done) {
                    copies.drop(fresh);
                }
            }
        }
    }
}
