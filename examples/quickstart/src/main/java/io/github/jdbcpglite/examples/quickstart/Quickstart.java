package io.github.jdbcpglite.examples.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Opens an in-memory database in this process and uses it as any PostgreSQL.
 *
 * <p>Ends with a {@link SQLException} or an {@link IllegalStateException}, and so with exit status
 * 1, when an answer is not the expected one.
 */
public final class Quickstart {
    private static final String URL = "jdbc:pglite:";
    private static final int NOTIFICATION_WAIT_MILLIS = 10_000;

    private final Connection connection;
    private final PrintStream out;

    private Quickstart(Connection connection, PrintStream out) {
        this.connection = connection;
        this.out = out;
    }

    /**
     * Runs the tour.
     *
     * @param args not used
     * @throws SQLException if PostgreSQL refuses what it should have accepted
     * @throws IOException if a COPY breaks off
     */
    public static void main(String[] args) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(URL)) {
            Quickstart quickstart = new Quickstart(connection, System.out);
            quickstart.version();
            quickstart.schema();
            quickstart.batch();
            quickstart.join();
            quickstart.isolation();
            quickstart.copy();
            quickstart.notifications();
            quickstart.error();
        }
    }

    private void version() throws SQLException {
        print("Which PostgreSQL is this?", "SELECT version()");
    }

    private void schema() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE customer (
                        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        name text NOT NULL UNIQUE);
                    CREATE TABLE purchase (
                        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        customer_id integer NOT NULL REFERENCES customer,
                        item text NOT NULL,
                        price numeric(10, 2) NOT NULL CHECK (price >= 0));
                    INSERT INTO customer (name) VALUES ('Ada'), ('Grace'), ('Edsger');
                    """);
        }
    }

    private void batch() throws SQLException {
        String sql = "INSERT INTO purchase (customer_id, item, price) VALUES (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < 1000; i++) {
                insert.setInt(1, i % 3 + 1);
                insert.setString(2, "item " + i);
                insert.setBigDecimal(3, BigDecimal.valueOf(i, 2));
                insert.addBatch();
            }
            out.println("Rows inserted by one batch: " + insert.executeBatch().length + "\n");
        }
    }

    private void join() throws SQLException {
        print(
                "Who bought how much?",
                """
                SELECT name, count(*) AS purchases, sum(price) AS total,
                       rank() OVER (ORDER BY sum(price) DESC)
                FROM customer JOIN purchase ON purchase.customer_id = customer.id
                GROUP BY name ORDER BY total DESC
                """);
    }

    /** Shows that a second connection does not see what the first one has not committed. */
    private void isolation() throws SQLException {
        try (Connection other = DriverManager.getConnection(URL);
                Statement here = connection.createStatement();
                Statement there = other.createStatement()) {
            connection.setAutoCommit(false);
            here.executeUpdate("DELETE FROM purchase WHERE price < 5");
            String count = "SELECT count(*) AS purchases FROM purchase";
            Table.print(out, "In the transaction that deletes", here.executeQuery(count));
            Table.print(out, "On a second connection, before", there.executeQuery(count));
            connection.commit();
            connection.setAutoCommit(true);
            Table.print(out, "On a second connection, after", there.executeQuery(count));
        }
    }

    private void copy() throws SQLException, IOException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        long in =
                copy.copyIn(
                        "COPY customer (name) FROM STDIN WITH (FORMAT csv)",
                        new StringReader("Barbara\n\"Hopper, G.\"\n"));
        StringWriter csv = new StringWriter();
        copy.copyOut("COPY customer TO STDOUT WITH (FORMAT csv, HEADER)", csv);
        out.println("Rows copied in: " + in + "; and COPY TO STDOUT says:");
        out.println(csv);
    }

    private void notifications() throws SQLException {
        try (Connection other = DriverManager.getConnection(URL);
                Statement listen = connection.createStatement();
                Statement notify = other.createStatement()) {
            listen.execute("LISTEN news");
            notify.execute("NOTIFY news, 'hello from the other connection'");
            PGNotification[] received =
                    connection
                            .unwrap(PGConnection.class)
                            .getNotifications(NOTIFICATION_WAIT_MILLIS);
            if (received == null || received.length == 0) {
                throw new IllegalStateException("no notification came");
            }
            out.println("Notified on " + received[0].getName() + ": " + received[0].getParameter());
            out.println();
        }
    }

    private void error() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO customer (name) VALUES ('Ada')");
        } catch (SQLException expected) {
            out.println("A deliberate error, SQLState " + expected.getSQLState() + ":");
            out.println(expected.getMessage());
            return;
        }
        throw new IllegalStateException("PostgreSQL accepted a second Ada");
    }

    private void print(String title, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Table.print(out, title, statement.executeQuery(sql));
        }
    }
}
