package io.github.jdbcpglite.cli.shell;

import io.github.jdbcpglite.jdbc.internal.script.SqlScanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;

/** The shell before a user: prompt, history, completion, and Ctrl-C for the statement. */
public final class TerminalShell {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;

    private TerminalShell() {}

    /**
     * Opens this process's terminal.
     *
     * @return nothing if standard input or output is none
     */
    public static Optional<Terminal> terminal() {
        try {
            return Optional.of(TerminalBuilder.builder().system(true).dumb(false).build());
        } catch (IOException | IllegalStateException e) {
            // A pipe, or a terminal that cannot be set: lines are read as they come.
            return Optional.empty();
        }
    }

    /**
     * Runs until the user quits.
     *
     * @param historyFile is made if it does not exist, for its owner only
     * @return the exit code
     * @throws SQLException if the database cannot be opened
     */
    public static int run(
            String url, Terminal terminal, Path historyFile, RowFormat format, String nullText)
            throws SQLException, IOException {
        PrintWriter writer = terminal.writer();
        try (Shell shell = Shell.open(url, writer, writer, InputStream.nullInputStream())) {
            shell.format(format, nullText);
            shell.settings().tags = true;
            shell.output().onTerminal(terminal::getWidth);
            if (terminal.getWidth() <= 0 || terminal.getHeight() <= 0) {
                // Some terminals do not know; JLine would show nothing.
                terminal.setSize(new Size(DEFAULT_COLUMNS, DEFAULT_ROWS));
            }
            terminal.handle(Terminal.Signal.INT, signal -> cancel(shell));
            History history = new History(historyFile);
            LineReader reader =
                    LineReaderBuilder.builder()
                            .terminal(terminal)
                            .appName("jdbc-pglite")
                            .history(history)
                            .parser(new StatementParser(shell.session()))
                            .completer(new Completion(shell.session()))
                            .variable(LineReader.HISTORY_FILE, history.prepare())
                            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%M")
                            .variable(LineReader.ERRORS, 0)
                            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                            .option(LineReader.Option.CASE_INSENSITIVE, true)
                            .build();
            shell.askPasswordsBy(prompt -> password(reader, prompt));
            writer.println("PostgreSQL in this process. Type \\? for help, \\q to quit.");
            int status = shell.run(new TypedLines(reader, shell.session()));
            history.save();
            return status;
        }
    }

    private static Optional<char[]> password(LineReader reader, String prompt) {
        try {
            return Optional.of(
                    unrecorded(reader, () -> reader.readLine(prompt, '*')).toCharArray());
        } catch (UserInterruptException | EndOfFileException e) {
            return Optional.empty();
        }
    }

    /** Reads what is to come into no history. */
    private static String unrecorded(LineReader reader, Supplier<String> read) {
        reader.setVariable(LineReader.DISABLE_HISTORY, true);
        try {
            return read.get();
        } finally {
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
        }
    }

    private static void cancel(Shell shell) {
        try {
            shell.session().cancel();
        } catch (SQLException e) {
            shell.err().println("Could not send cancel request: " + e.getMessage());
            shell.err().flush();
        }
    }

    /** Returns psql's prompt: database, what is open, transaction, and whether a superuser. */
    static String prompt(Session session, char open) throws SQLException {
        TransactionState state = session.transactionState();
        String transaction =
                state == TransactionState.IDLE ? "" : state == TransactionState.OPEN ? "*" : "!";
        return session.database() + open + transaction + (session.isSuperuser() ? "# " : "> ");
    }

    /** What the user types. */
    private static final class TypedLines implements LineSource {
        private final LineReader reader;
        private final Session session;

        TypedLines(LineReader reader, Session session) {
            this.reader = reader;
            this.session = session;
        }

        @Override
        public @Nullable String readSql(SqlScanner scanner) throws IOException {
            StatementParser parser = (StatementParser) reader.getParser();
            while (true) {
                parser.follow(scanner);
                try {
                    return reader.readLine(prompt(session, scanner.prompt()));
                } catch (UserInterruptException e) {
                    scanner.reset();
                } catch (EndOfFileException e) {
                    return null;
                } catch (SQLException e) {
                    throw new IOException(e.getMessage(), e);
                } finally {
                    parser.follow(null);
                }
            }
        }

        @Override
        public @Nullable String readData() throws IOException {
            try {
                return unrecorded(reader, () -> reader.readLine(">> "));
            } catch (EndOfFileException e) {
                return null;
            } catch (UserInterruptException e) {
                throw new IOException("COPY was canceled", e);
            }
        }

        @Override
        public String position() {
            return "";
        }

        @Override
        public boolean isInteractive() {
            return true;
        }
    }
}
