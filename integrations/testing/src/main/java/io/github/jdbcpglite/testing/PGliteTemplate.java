package io.github.jdbcpglite.testing;

import io.github.jdbcpglite.jdbc.PGliteDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
 * every request for a copy fails in the same way, without trying again.
 */
public final class PGliteTemplate {
    private final DatabaseFiller filler;
    private final Isolation isolation;
    private @Nullable String name;
    private @Nullable Exception failure;

    private PGliteTemplate(DatabaseFiller filler, Isolation isolation) {
        this.filler = filler;
        this.isolation = isolation;
    }

    /** Returns a template of an empty database. */
    public static PGliteTemplate empty() {
        return filledBy(dataSource -> {});
    }

    /** Returns a template that a function fills. */
    public static PGliteTemplate filledBy(DatabaseFiller filler) {
        return new PGliteTemplate(filler, Isolation.CLUSTER);
    }

    /**
     * Returns a template that SQL scripts fill.
     *
     * @param loader where the scripts are looked for
     * @param resources their names, in the order in which they run; UTF-8
     */
    public static PGliteTemplate filledByScripts(ClassLoader loader, List<String> resources) {
        List<String> names = List.copyOf(resources);
        return filledBy(
                dataSource -> {
                    try (Connection connection = dataSource.getConnection();
                            Statement statement = connection.createStatement()) {
                        for (String resource : names) {
                            statement.execute(read(loader, resource));
                        }
                    }
                });
    }

    /** Returns a template that this one's filler and then another one fill. */
    public PGliteTemplate andBy(DatabaseFiller next) {
        return new PGliteTemplate(
                dataSource -> {
                    filler.fill(dataSource);
                    next.fill(dataSource);
                },
                isolation);
    }

    /**
     * Returns a template that the same filler fills and whose copies are of a kind; they are {@link
     * Isolation#CLUSTER clusters} unless it is called.
     */
    public PGliteTemplate isolating(Isolation kind) {
        return new PGliteTemplate(filler, kind);
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
        Copies copies = isolation.copies();
        String fresh = copies.empty();
        PGliteDataSource dataSource = new PGliteDataSource();
        dataSource.setUrl(copies.url(fresh));
        boolean done = false;
        try {
            filler.fill(dataSource);
            copies.freeze(fresh);
            name = fresh;
            done = true;
            return fresh;
        } catch (Exception e) { // whatever a migration throws, the next test is to hear of it too
            failure = e;
            throw new SQLException("The template could not be filled: " + e, e);
        } finally {
            if (!done) {
                copies.drop(fresh);
            }
        }
    }
}
