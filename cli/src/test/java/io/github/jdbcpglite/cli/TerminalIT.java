package io.github.jdbcpglite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

    @TempDir Path directory;

    private PseudoTerminal start(String... args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(System.getProperty("cli.jar"));
        command.addAll(List.of(args));
        return PseudoTerminal.start(
                Map.of("TERM", "xterm", "PAGER", "cat", "PSQL_HISTORY", directory.resolve("psql").toString()),
                command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"psql memory: -- -X", "exec memory: -- psql -X"})
    void ctrlCEndsStatementInPsqlAndNothingElse(String args) throws Exception {
        PseudoTerminal.assumeInstalled("psql");
        try (PseudoTerminal terminal = start(args.split(" "))) {
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
}
