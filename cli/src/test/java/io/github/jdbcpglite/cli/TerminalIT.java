package io.github.jdbcpglite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as it is shipped, with a user before a terminal. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
@EnabledIfSystemProperty(named = "cli.jar", matches = ".+", disabledReason = "before packaging")
class TerminalIT {
    /** Tells when it runs: a request to cancel that comes before is for no statement. */
    private static final String SLEEP =
            "DO $$BEGIN RAISE NOTICE 'slee%', 'ping'; PERFORM pg_sleep(600); END$$;\n";

    /** The arrow key as a terminal sends it in application mode, which JLine sets. */
    private static final String UP = "\u001bOA";

    @TempDir Path directory;

    private PseudoTerminal start(String... args) throws Exception {
        return start(directory.resolve("history"), args);
    }

    private static PseudoTerminal start(Path history, String... args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(System.getProperty("cli.jar"));
        command.addAll(List.of(args));
        return PseudoTerminal.start(
                Map.of(
                        "TERM",
                        "xterm",
                        "PAGER",
                        "cat",
                        "PSQL_HISTORY",
                        history + ".psql",
                        "JDBC_PGLITE_HISTORY",
                        history.toString()),
                command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"psql memory: -- -X", "exec memory: -- psql -X"})
    void ctrlCEndsStatementInPsqlAndNothingElse(String args) throws Exception {
        PseudoTerminal.assumeInstalled("psql");
        try (PseudoTerminal terminal = start(args.split(" ", -1))) {
            terminal.await("postgres=#");
            terminal.type("CREATE TABLE kept (n int);\n");
            terminal.await("CREATE TABLE");
            terminal.type(SLEEP);
            terminal.await("NOTICE:  sleeping");
            terminal.type(PseudoTerminal.CTRL_C);
            terminal.await("canceling statement due to user request");
            terminal.type("SELECT 'still ' || count(*) FROM kept;\n");
            terminal.await("still 0");
            terminal.type("\\q\n");
            assertThat(terminal.awaitExit()).isZero();
        }
    }

    @Test
    void isShellWithHistoryCompletionAndCancel() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path history = home.resolve("history");
        try (PseudoTerminal terminal = start(history, "sql", "memory:")) {
            terminal.await("postgres=# ");
            terminal.type("SELECT 'first',\n'sec' || 'ond';\n");
            terminal.await("postgres-# ");
            terminal.await("second");
            terminal.await("postgres=# ");
            terminal.type("BEGIN;\n");
            terminal.await("postgres=*# ");
            terminal.type("CREATE TABLE unusual_name (n int);\n");
            terminal.await("CREATE TABLE\r\n");
            terminal.type("INSERT INTO unus\t VALUES (5);\n");
            terminal.await("INSERT 0 1");
            terminal.await("postgres=*# ");
            terminal.type(SLEEP);
            terminal.await("NOTICE:  sleeping");
            terminal.type(PseudoTerminal.CTRL_C);
            terminal.await("canceling statement due to user request");
            terminal.await("postgres=!# ");
            terminal.type("ROLLBACK; SELECT 'not run" + PseudoTerminal.CTRL_C);
            terminal.await("postgres=!# ");
            terminal.type("ROLLBACK;\n");
            terminal.await("postgres=# ");
            terminal.type("ALTER ROLE postgres PASSWORD 'hidden';\n");
            terminal.await("ALTER ROLE");
            terminal.await("postgres=# ");
            terminal.type(PseudoTerminal.CTRL_D);
            assertThat(terminal.awaitExit()).isZero();
        }
        assertThat(history).content().contains("sec", "unusual_name").doesNotContain("hidden");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        try (PseudoTerminal terminal = start(history, "sql", "memory:")) {
            terminal.await("postgres=# ");
            terminal.type(UP + "\n");
            terminal.await("there is no transaction in progress");
            terminal.type("\\q\n");
            assertThat(terminal.awaitExit()).isZero();
        }
    }
}
