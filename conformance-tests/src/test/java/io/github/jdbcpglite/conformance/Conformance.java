package io.github.jdbcpglite.conformance;

import io.github.jdbcpglite.conformance.report.Limits;
import io.github.jdbcpglite.conformance.report.Report;
import io.github.jdbcpglite.conformance.report.ReportWriter;
import io.github.jdbcpglite.conformance.server.OracleServer;
import io.github.jdbcpglite.conformance.server.OracleUnavailableException;
import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.conformance.server.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The two sides of a run and its report; made once per test run and closed at its end.
 *
 * <p>{@code conformance.subject} names the side under test: {@code self} for a second oracle, which
 * checks the corpus itself, or a JDBC URL with {@code {database}} in it.
 */
public final class Conformance implements AutoCloseable {
    /** As many prepared transactions as the oracle is told to allow; neither does by itself. */
    private static final String PGLITE =
            "jdbc:pglite:memory:conformance/{database}"
                    + "?pglite.postgres.max_prepared_transactions=10";

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final Side expected;
    private final Side actual;
    private final boolean self;
    private final Report report;

    /** Starts the oracle and connects to both sides. */
    Conformance() throws OracleUnavailableException, IOException, SQLException {
        String subject = System.getProperty("conformance.subject", "pglite");
        self = subject.equals("self");
        try {
            OracleServer oracle = OracleServer.start();
            resources.push(oracle);
            expected = new Side("PostgreSQL", oracle.urlTemplate());
            resources.push(expected);
            String url = subject.equals("pglite") ? PGLITE : subject;
            if (self) {
                OracleServer second = OracleServer.start();
                resources.push(second);
                url = second.urlTemplate();
            }
            actual = new Side(self ? "second PostgreSQL" : "pglite", url);
            resources.push(actual);
            if (self) {
                spendNumbers(actual);
            }
            report = new Report(Limits.load(), expected.version(), actual.version());
        } catch (IOException | SQLException | OracleUnavailableException e) {
            closeResources(e);
            throw e;
        }
    }

    /** Moves oids and transaction numbers on, so that statements that show them are found out. */
    private static void spendNumbers(Side side) throws SQLException {
        for (int i = 0; i < 40; i++) {
            side.executeAsAdmin("CREATE TABLE spent (id serial PRIMARY KEY, t text)");
            side.executeAsAdmin("DROP TABLE spent");
        }
    }

    /** Returns the side whose answers are right. */
    public Side expected() {
        return expected;
    }

    /** Returns the side under test. */
    public Side actual() {
        return actual;
    }

    /** Returns whether both sides are real PostgreSQL, where no limit may show. */
    public boolean isSelfCheck() {
        return self;
    }

    /** Returns the report to add to. */
    public Report report() {
        return report;
    }

    /** Returns the query modes that scripts without their own run in. */
    static List<QueryMode> modes() {
        return modes("conformance.modes", "simple,binary");
    }

    /** Returns the query modes that a property lists, or those of the text if it is not set. */
    static List<QueryMode> modes(String property, String otherwise) {
        return Arrays.stream(System.getProperty(property, otherwise).split(","))
                .map(QueryMode::of)
                .toList();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        try {
            writeReport();
        } catch (IOException e) {
            failure = e;
        }
        IOException closing = new IOException("Closing the two sides failed");
        closeResources(closing);
        if (closing.getSuppressed().length > 0) {
            if (failure == null) {
                throw closing;
            }
            failure.addSuppressed(closing);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void writeReport() throws IOException {
        Path target = Path.of(System.getProperty("conformance.target", "target/conformance"));
        new ReportWriter(report).write(target);
        String docs = System.getProperty("conformance.docs");
        if (Boolean.getBoolean("conformance.updateDocs") && !self && docs != null) {
            Files.createDirectories(Path.of(docs));
            Files.copy(
                    target.resolve("CONFORMANCE.md"),
                    Path.of(docs, "CONFORMANCE.md"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void closeResources(Exception cause) {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) { // whatever close throws must not keep the others open
                cause.addSuppressed(e);
            }
        }
    }
}
