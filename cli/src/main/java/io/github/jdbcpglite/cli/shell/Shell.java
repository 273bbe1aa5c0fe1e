package io.github.jdbcpglite.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jdbcpglite.jdbc.internal.script.SqlScanner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;

/** Runs what a {@link LineSource} gives, and says how it went by psql's exit codes. */
public final class Shell implements AutoCloseable {
    /** All went well, or errors were not to end the run. */
    public static final int OK = 0;

    /** A file could not be read, or a single command failed. */
    public static final int FAILED = 1;

    /** The connection was lost or could not be made. */
    public static final int NO_CONNECTION = 2;

    /** An error ended a script. */
    public static final int SCRIPT_FAILED = 3;

    /** As deep as psql's own scripts go, and no endless circle of files. */
    private static final int MAX_DEPTH = 100;

    private final Session session;
    private final Settings settings = new Settings();
    private final Output output;
    private final PrintWriter err;
    private final MetaCommands commands;
    private final InputStream input;
    private boolean quit;
    private int depth;

    private Shell(Session session, PrintWriter out, PrintWriter err, InputStream input) {
        this.session = session;
        this.output = new Output(out);
        this.err = err;
        this.input = input;
        this.commands = new MetaCommands(this, session, settings, output);
    }

    /**
     * Connects.
     *
     * @param url of this driver
     * @param out gets rows and tags; like the others it is not closed
     * @param err gets messages
     * @param input for {@code COPY … FROM STDIN} of a single command
     * @throws SQLException if the database cannot be opened
     */
    public static Shell open(String url, PrintWriter out, PrintWriter err, InputStream input)
            throws SQLException {
        return new Shell(Session.open(url), out, err, input);
    }

    /** Sets how rows are written, and what stands for NULL. */
    public void format(RowFormat format, String nullText) {
        settings.format = format;
        settings.nullText = nullText;
    }

    /** Shows what queries answer no more; only errors and notices are of interest. */
    public void discardRows() {
        output.discardRows();
    }

    void askPasswordsBy(MetaCommands.PasswordSource source) {
        commands.askPasswordsBy(source);
    }

    Session session() {
        return session;
    }

    Settings settings() {
        return settings;
    }

    Output output() {
        return output;
    }

    PrintWriter err() {
        return err;
    }

    /** Runs one command: SQL, as one simple query, or a backslash command. */
    public int runCommand(String text) {
        SqlScanner scanner = new SqlScanner();
        scanner.feed(text + "\n");
        LineSource none = new ReaderLines("", Reader.nullReader());
        SqlScanner.Token first = scanner.next();
        boolean done;
        if (first != null && first.command() && text.stripLeading().startsWith("\\")) {
            done = commands.run(first.text(), scanner, none);
        } else if (first == null || scanner.next() == null && scanner.isEmpty()) {
            done = execute(first == null ? scanner.take() : first, null, "");
        } else {
            done = query(text, "");
        }
        return done ? OK : lost() ? NO_CONNECTION : FAILED;
    }

    /** Runs a file. */
    public int runFile(Path file) {
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            return run(new ReaderLines(file.toString(), reader));
        } catch (IOException e) {
            err.println(file + ": " + reason(e));
            return FAILED;
        }
    }

    /** Runs a script from a pipe. */
    public int runScript(InputStream script) {
        try {
            return run(
                    new ReaderLines(
                            "<stdin>",
                            new BufferedReader(new InputStreamReader(script, UTF_8.newDecoder()))));
        } catch (IOException e) {
            err.println("<stdin>: " + reason(e));
            return FAILED;
        }
    }

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        return e instanceof CharacterCodingException
                ? "it is not in UTF-8"
                : String.valueOf(e.getMessage());
    }

    /**
     * Runs all lines.
     *
     * @return one of the exit codes
     */
    int run(LineSource lines) throws IOException {
        if (++depth > MAX_DEPTH) {
            depth--;
            err.println(lines.position() + "scripts call each other too deep");
            return FAILED;
        }
        try {
            SqlScanner scanner = new SqlScanner();
            while (!quit) {
                String line = lines.readSql(scanner);
                if (line == null) {
                    break;
                }
                scanner.feed(line + "\n");
                int status = runTokens(scanner, lines);
                if (status != OK) {
                    return status;
                }
            }
            boolean rest = !quit && !lines.isInteractive() && !scanner.isEmpty();
            return rest && !execute(scanner.take(), lines, lines.position())
                    ? afterFailure(lines)
                    : OK;
        } finally {
            depth--;
        }
    }

    private int runTokens(SqlScanner scanner, LineSource lines) {
        for (SqlScanner.Token token = scanner.next();
                token != null && !quit;
                token = scanner.next()) {
            boolean done =
                    token.command()
                            ? commands.run(token.text(), scanner, lines)
                            : execute(token, lines, lines.position());
            if (!done) {
                int status = afterFailure(lines);
                if (status != OK) {
                    return status;
                }
            }
        }
        return OK;
    }

    private int afterFailure(LineSource lines) {
        if (lost()) {
            err.println("The connection to the database was lost.");
            err.flush();
            return NO_CONNECTION;
        }
        return lines.isInteractive() || !settings.stopOnError ? OK : SCRIPT_FAILED;
    }

    private boolean lost() {
        try {
            return session.isLost();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Ends the run after this command. */
    void quit() {
        quit = true;
    }

    /**
     * Runs a statement and shows its answers.
     *
     * @param lines with the data of COPY; null for the process's own input
     * @return whether it succeeded; if not, the message was shown
     */
    boolean execute(SqlScanner.Token statement, @Nullable LineSource lines, String position) {
        String sql = statement.text();
        if (sql.isEmpty()) {
            return true;
        }
        if (statement.isCopyFromStdin()) {
            return copyIn(sql, lines == null ? input : CopyStatement.data(lines), position);
        }
        if (statement.isCopyToStdout()) {
            return copyOut(sql, null, position);
        }
        return query(sql, position);
    }

    /** A part of a statement's work. */
    private interface Work {
        void run() throws SQLException, IOException;
    }

    private boolean query(String sql, String position) {
        return timed(sql, position, () -> session.run(sql, printer()));
    }

    boolean copyIn(String sql, InputStream data, String position) {
        return timed(
                sql, position, () -> output.tag("COPY " + session.copyIn(sql, data), settings));
    }

    /** Copies to a stream, or to where rows go. */
    boolean copyOut(String sql, @Nullable OutputStream data, String position) {
        return timed(
                sql,
                position,
                () -> {
                    if (data == null) {
                        session.copyOut(sql, output.stream());
                    } else {
                        output.tag("COPY " + session.copyOut(sql, data), settings);
                    }
                });
    }

    private boolean timed(String sql, String position, Work work) {
        long start = System.nanoTime();
        boolean done = false;
        try {
            work.run();
            done = true;
        } catch (SQLException e) {
            fail(SqlFailure.of(e, sql), position);
        } catch (IOException e) {
            err.println(position + reason(e));
        }
        if (settings.timing) {
            double millis = (System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1);
            output.writer().printf(Locale.ROOT, "Time: %.3f ms%n", millis);
        }
        showNotifications();
        output.flush();
        err.flush();
        return done;
    }

    void fail(SqlFailure failure, String position) {
        settings.lastError = failure;
        output.flush();
        err.println(position + failure.text());
        err.flush();
    }

    Session.Listener printer() {
        return new Session.Listener() {
            @Override
            public void rows(Rows rows) {
                output.rows(rows, settings);
            }

            @Override
            public void tag(String tag) {
                output.tag(tag, settings);
            }

            @Override
            public void notice(SqlFailure notice) {
                output.flush();
                err.println(notice.text());
                err.flush();
            }
        };
    }

    private void showNotifications() {
        try {
            for (PGNotification notification : session.notifications()) {
                String payload = notification.getParameter();
                output.writer()
                        .println(
                                "Asynchronous notification \""
                                        + notification.getName()
                                        + "\""
                                        + (payload.isEmpty()
                                                ? ""
                                                : " with payload \"" + payload + "\"")
                                        + " received from server process with PID "
                                        + notification.getPID()
                                        + ".");
            }
        } catch (SQLException e) {
            // The connection is gone, which the caller finds out and tells.
            return;
        }
    }

    /** Closes the connection and the file of {@code \o}. */
    @Override
    public void close() throws SQLException {
        output.close();
        session.close();
    }
}
