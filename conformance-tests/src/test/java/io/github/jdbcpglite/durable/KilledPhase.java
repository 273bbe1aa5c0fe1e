package io.github.jdbcpglite.durable;

import io.github.jdbcpglite.jdbc.PGlite;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A program that goes through one phase of a cluster's life in a directory, to be killed in it. It
 * prints {@code begin} before the phase and {@code end} after it, and each commit once it was
 * acknowledged.
 */
enum KilledPhase {
    /** Makes the cluster. */
    CREATE,
    /** Opens one that was closed. */
    OPEN,
    /** Opens one that was not. */
    RECOVER,
    /** Closes one that was written to. */
    CLOSE,
    /** Copies one to an archive. */
    ARCHIVE,
    /** Copies one to a directory. */
    COPY;

    static final String BEGIN = "begin";
    static final String END = "end";
    static final String COMMIT = "commit ";

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    /** Takes the phase, the directory, and where copies go to. */
    public static void main(String[] arguments) throws SQLException, IOException {
        KilledPhase phase = valueOf(arguments[0]);
        Path directory = Path.of(arguments[1]);
        Path target = Path.of(arguments[2]);
        boolean opens = phase == CREATE || phase == OPEN || phase == RECOVER;
        if (opens) {
            OUT.println(BEGIN);
        }
        Connection connection = Db.open(directory);
        if (opens) {
            OUT.println(END);
        }
        commit(connection);
        if (!opens) {
            OUT.println(BEGIN);
            if (phase == CLOSE) {
                connection.close();
            } else {
                PGlite.backup(Db.url(directory), target);
            }
            OUT.println(END);
        }
        System.in.read(); // until it is killed
    }

    /** Enough for a recovery that takes a while, and not in the files before a checkpoint. */
    private static void commit(Connection connection) throws SQLException {
        Db.run(
                connection,
                "create table if not exists journal(n int primary key)",
                "create table if not exists filler(n int, x text)",
                "insert into filler select i, repeat('x', i % 500) from generate_series(1, 5000)"
                        + " i");
        String next =
                Db.value(
                        connection,
                        "insert into journal select coalesce(max(n), 0) + 1 from journal"
                                + " returning n");
        OUT.println(COMMIT + next);
    }
}
