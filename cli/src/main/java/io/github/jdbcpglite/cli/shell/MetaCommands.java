package io.github.jdbcpglite.cli.shell;

import io.github.jdbcpglite.jdbc.internal.script.SqlScanner;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Backslash commands: psql's names and arguments, for what there is here. */
final class MetaCommands {
    /** For {@code \?} and the completion. */
    static final List<String> HELP =
            List.of(
                    "\\q                     quit",
                    "\\?                     this list",
                    "\\g [FILE], \\gx         run the statement, with its rows to a file or"
                            + " expanded",
                    "\\p, \\r                 show or forget the statement that has begun",
                    "\\i FILE                run a file; \\ir: beside the file that runs",
                    "\\o [FILE]              send rows to a file, or to the terminal again",
                    "\\copy TABLE|(QUERY) FROM|TO 'FILE'|STDIN|STDOUT [OPTIONS]",
                    "\\d[S+] [NAME]          describe relations, or list them",
                    "\\dt \\di \\dv \\dm \\ds \\dE  list tables, indexes, views, sequences …",
                    "\\df \\dT \\dD            list functions, types, domains",
                    "\\dn \\du \\l \\dx \\dp     list schemas, roles, databases, extensions,"
                            + " privileges",
                    "\\sf NAME, \\sv NAME     show the definition of a function or a view",
                    "\\x [on|off|auto]       rows expanded",
                    "\\timing [on|off]       time of each statement",
                    "\\t [on|off]            rows only",
                    "\\pset [NAME [VALUE]]   format (aligned, csv, tsv, json, markdown), null,",
                    "                       expanded, tuples_only",
                    "\\set ON_ERROR_STOP on|off  whether an error ends a script",
                    "\\c DATABASE            connect to another database",
                    "\\conninfo              which connection this is",
                    "\\password [ROLE]       set a password without showing it",
                    "\\errverbose            the last error with its SQLState",
                    "\\echo TEXT             write a text");

    private final Shell shell;
    private final Session session;
    private final Settings settings;
    private final Output output;
    private PasswordSource passwords = prompt -> Optional.empty();

    MetaCommands(Shell shell, Session session, Settings settings, Output output) {
        this.shell = shell;
        this.session = session;
        this.settings = settings;
        this.output = output;
    }

    /** Asks the user for a password; nothing if there is nobody to ask. */
    interface PasswordSource {
        Optional<char[]> read(String prompt);
    }

    void askPasswordsBy(PasswordSource source) {
        passwords = source;
    }

    /**
     * Runs a command.
     *
     * @param text without the backslash
     * @param scanner with the statement that has begun
     * @return whether it succeeded; if not, the message was shown
     */
    boolean run(String text, SqlScanner scanner, LineSource lines) {
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        String name = text.substring(0, end);
        String rest = text.substring(end).strip();
        String position = lines.position();
        try {
            boolean done =
                    name.equals("copy")
                            ? copy(rest, lines)
                            : run(name, Arguments.split(rest), rest, scanner, lines);
            output.flush();
            return done;
        } catch (SQLException e) {
            shell.fail(SqlFailure.of(e, ""), position);
        } catch (IOException e) {
            fail(position, rest + ": " + Shell.reason(e));
        } catch (InvalidPathException e) {
            fail(position, rest + ": " + e.getReason());
        }
        return false;
    }

    private boolean fail(String position, String message) {
        output.flush();
        shell.err().println(position + message);
        shell.err().flush();
        return false;
    }

    private boolean run(
            String name, List<String> words, String rest, SqlScanner scanner, LineSource lines)
            throws SQLException, IOException {
        String first = words.isEmpty() ? "" : words.get(0);
        switch (name) {
            case "q", "quit" -> shell.quit();
            case "?", "h", "help" -> HELP.forEach(output.writer()::println);
            case "p" -> output.writer().println(scanner.pending().strip());
            case "r", "reset" -> scanner.reset();
            case "g", "gx" -> {
                return go(name.equals("gx"), first, scanner, lines);
            }
            case "i", "include" -> {
                return include(Path.of(first), lines);
            }
            case "ir", "include_relative" -> {
                Path parent = Path.of(lines.position().replaceAll(":\\d+: $", "")).getParent();
                return include(parent == null ? Path.of(first) : parent.resolve(first), lines);
            }
            case "o", "out" -> {
                if (first.isEmpty()) {
                    output.close();
                } else {
                    output.toFile(Path.of(first));
                }
            }
            case "echo", "qecho" -> output.writer().println(String.join(" ", words));
            case "restrict", "unrestrict" -> {
                // pg_dump's guard against commands in data, which go through no shell here.
            }
            default -> {
                return settings(name, words, first) || catalog(name, words, rest, lines);
            }
        }
        return true;
    }

    /** Returns whether it is a command about the session or the settings, after it has run. */
    private boolean settings(String name, List<String> words, String first) throws SQLException {
        switch (name) {
            case "x" -> set("expanded", first);
            case "t" -> set("tuples_only", first);
            case "a" -> set("format", settings.format == RowFormat.aligned ? "tsv" : "aligned");
            case "timing" -> {
                settings.timing = onOff(first, settings.timing);
                say("Timing is " + (settings.timing ? "on." : "off."));
            }
            case "pset" -> {
                String value = words.size() < 2 ? "" : words.get(1);
                if (first.isEmpty()) {
                    showSettings();
                } else {
                    set(first, value);
                }
            }
            case "set" -> {
                if (!first.equals("ON_ERROR_STOP")) {
                    throw usage("\\set: the only variable here is ON_ERROR_STOP");
                }
                settings.stopOnError = words.size() < 2 || onOff(words.get(1), true);
            }
            case "c", "connect" -> {
                // pg_dump writes -reuse-previous and a connection string; only its name matters.
                String last = words.isEmpty() ? "" : words.get(words.size() - 1);
                session.reconnect(last.replaceAll("^dbname='?|'?$", "").replaceAll("^\"|\"$", ""));
                say("You are now connected to database \"" + session.database() + "\".");
            }
            case "conninfo" ->
                    output.writer()
                            .println(
                                    "You are connected to database \""
                                            + session.database()
                                            + "\" as user \""
                                            + session.user()
                                            + "\" in this process.");
            case "password" -> password(first.isEmpty() ? session.user() : first);
            case "errverbose" -> {
                SqlFailure last = settings.lastError;
                output.writer()
                        .println(
                                last == null
                                        ? "There is no previous error."
                                        : last.text() + "\nSQLSTATE:  " + last.state());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean catalog(String name, List<String> words, String rest, LineSource lines)
            throws SQLException {
        if (name.equals("sf") || name.equals("sv")) {
            String definition =
                    name.equals("sf")
                            ? "SELECT pg_catalog.pg_get_functiondef(%s)"
                            : "SELECT pg_catalog.pg_get_viewdef(%s::pg_catalog.regclass, true)";
            String type = rest.indexOf('(') < 0 ? "regproc" : "regprocedure";
            String literal = NamePattern.literal(rest);
            String of = name.equals("sf") ? literal + "::pg_catalog." + type : literal;
            output.writer()
                    .println(session.query(definition.replace("%s", of)).rows().get(0).get(0));
            return true;
        }
        boolean system = name.indexOf('S', 1) > 0;
        boolean verbose = name.endsWith("+") || name.endsWith("+S");
        String list = name.replaceAll("[S+]", "");
        List<String> patterns = words.isEmpty() ? List.of("") : words;
        for (String pattern : patterns) {
            if (!list(list, pattern, system, verbose, name, lines)) {
                return false;
            }
        }
        return true;
    }

    private boolean list(
            String list,
            String pattern,
            boolean system,
            boolean verbose,
            String name,
            LineSource lines)
            throws SQLException {
        if (list.equals("d") && !pattern.isEmpty()) {
            return new Description(session, output, settings).print(pattern, verbose)
                    || fail(
                            lines.position(),
                            "Did not find any relation named \"" + pattern + "\".");
        }
        String query =
                Catalog.query(
                        new Catalog.Request(
                                list.equals("d") ? "dtvmsE" : list,
                                pattern.isEmpty() ? null : pattern,
                                system,
                                verbose));
        if (query == null) {
            return fail(
                    lines.position(), "invalid command \\" + name + "; try \\? for what there is");
        }
        output.rows(session.query(query).withTitle(Catalog.title(list)), settings);
        return true;
    }

    private boolean go(boolean expanded, String file, SqlScanner scanner, LineSource lines)
            throws IOException {
        Settings.Expanded before = settings.expanded;
        if (expanded) {
            settings.expanded = Settings.Expanded.on;
        }
        if (!file.isEmpty()) {
            output.toFile(Path.of(file));
        }
        try {
            return shell.execute(scanner.take(), lines, lines.position());
        } finally {
            settings.expanded = before;
            if (!file.isEmpty()) {
                output.close();
            }
        }
    }

    private boolean include(Path file, LineSource lines) {
        int status = shell.runFile(file);
        return status == Shell.OK || lines.isInteractive() && status == Shell.SCRIPT_FAILED;
    }

    private boolean copy(String text, LineSource lines) throws IOException {
        Optional<ClientCopy> parsed = ClientCopy.parse(text);
        if (parsed.isEmpty()) {
            return fail(lines.position(), ClientCopy.USAGE);
        }
        ClientCopy copy = parsed.get();
        if (copy.file().isEmpty()) {
            return copy.input()
                    ? shell.copyIn(copy.sql(), CopyStatement.data(lines), lines.position())
                    : shell.copyOut(copy.sql(), null, lines.position());
        }
        Path file = Path.of(copy.file().get());
        if (copy.input()) {
            try (InputStream data = new BufferedInputStream(Files.newInputStream(file))) {
                return shell.copyIn(copy.sql(), data, lines.position());
            }
        }
        try (OutputStream data = Files.newOutputStream(file)) {
            return shell.copyOut(copy.sql(), data, lines.position());
        }
    }

    private void set(String name, String value) throws SQLException {
        switch (name) {
            case "format" -> settings.format = format(value);
            case "null" -> settings.nullText = value;
            case "tuples_only" -> settings.tuplesOnly = onOff(value, settings.tuplesOnly);
            case "expanded", "x" ->
                    settings.expanded =
                            value.equals("auto")
                                    ? Settings.Expanded.auto
                                    : onOff(value, settings.expanded != Settings.Expanded.off)
                                            ? Settings.Expanded.on
                                            : Settings.Expanded.off;
            default ->
                    throw usage(
                            "\\pset: \""
                                    + name
                                    + "\" is not format, null, expanded or tuples_only");
        }
        showSettings();
    }

    private void showSettings() {
        say(
                "Format is "
                        + settings.format
                        + ", expanded is "
                        + settings.expanded
                        + ", null is \""
                        + settings.nullText
                        + "\", tuples_only is "
                        + (settings.tuplesOnly ? "on." : "off."));
    }

    /** Tells a user at a terminal what has been set; scripts know. */
    private void say(String message) {
        if (settings.tags) {
            output.writer().println(message);
        }
    }

    private static RowFormat format(String name) throws SQLException {
        for (RowFormat format : RowFormat.values()) {
            if (format.name().equals(name)) {
                return format;
            }
        }
        throw usage("\\pset: the formats are " + List.of(RowFormat.values()));
    }

    private static boolean onOff(String value, boolean present) throws SQLException {
        return switch (value) {
            case "" -> !present;
            case "on", "true", "1", "yes" -> true;
            case "off", "false", "0", "no" -> false;
            default -> throw usage("\"" + value + "\" is neither on nor off");
        };
    }

    private static SQLException usage(String message) {
        return new SQLException(message, "22023");
    }

    private void password(String role) throws SQLException {
        Optional<char[]> first = passwords.read("Enter new password for user \"" + role + "\": ");
        Optional<char[]> second = first.isEmpty() ? first : passwords.read("Enter it again: ");
        if (second.isEmpty()) {
            throw usage("\\password asks at a terminal");
        }
        if (!Arrays.equals(first.get(), second.get())) {
            throw usage("Passwords didn't match.");
        }
        session.setPassword(role, first.get());
    }
}
