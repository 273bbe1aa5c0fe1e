package io.github.jdbcpglite.conformance.move;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.postgresql.PGConnection;

/** Moves rows and sequences between two databases with the same tables. */
final class DataMover {
    private static final String TABLES =
            "SELECT c.oid::regclass::text FROM pg_class c"
                    + " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace";

    private static final String SEQUENCES =
            "SELECT format('SELECT setval(%L, %s)', format('%I.%I', schemaname, sequencename),"
                    + " last_value) FROM pg_sequences WHERE last_value IS NOT NULL";

    private final String source;
    private final String target;

    DataMover(String source, String target) {
        this.source = source;
        this.target = target;
    }

    void move() throws SQLException, IOException, InterruptedException, ExecutionException {
        try (Connection from = DriverManager.getConnection(source);
                Connection to = DriverManager.getConnection(target)) {
            from.setAutoCommit(false);
            from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            to.setAutoCommit(false);
            try (Statement statement = to.createStatement()) {
                // Rows come in any order; foreign keys have held where they come from.
                statement.execute("SET session_replication_role = replica");
            }
            for (String table : column(from, TABLES)) {
                copy(from, to, table);
            }
            try (Statement statement = to.createStatement()) {
                for (String call : column(from, SEQUENCES)) {
                    statement.execute(call);
                }
            }
            to.commit();
        }
    }

    private static void copy(Connection from, Connection to, String table)
            throws SQLException, IOException, InterruptedException, ExecutionException {
        PipedInputStream input = new PipedInputStream(1 << 16);
        PipedOutputStream output = new PipedOutputStream(input);
        FutureTask<Long> reading =
                new FutureTask<>(
                        () -> {
                            try (output) {
                                return from.unwrap(PGConnection.class)
                                        .getCopyAPI()
                                        .copyOut("COPY " + table + " TO STDOUT", output);
                            }
                        });
        Thread reader = new Thread(reading, "copy-out");
        reader.start();
        try (input) {
            to.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table + " FROM STDIN", input);
        }
        reading.get();
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
