package io.github.jdbcpglite.jdbc.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.jdbc.PGliteClusters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PGliteDumpTest {
    private static final String URL = "jdbc:pglite:memory:dumped?pglite.close=last";

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String dump(String url, String... options) throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PGliteDump.dump(url, List.of(options), output);
        return output.toString(UTF_8);
    }

    @Test
    void dumpsSchemaAndRows() throws Exception {
        try (Connection connection = DriverManager.getConnection(URL)) {
            execute(connection, "CREATE TABLE item (id int PRIMARY KEY, name text)");
            execute(connection, "INSERT INTO item VALUES (1, 'tab\tÄ'), (2, NULL)");

            assertThat(dump(URL))
                    .contains("CREATE TABLE public.item (")
                    .contains("COPY public.item (id, name) FROM stdin;\n1\ttab\\tÄ\n2\t\\N\n\\.\n")
                    .contains("ADD CONSTRAINT item_pkey PRIMARY KEY (id)");
            assertThat(dump(URL, "--schema-only")).doesNotContain("COPY");
            assertThat(dump(URL, "--inserts")).contains("INSERT INTO public.item VALUES (2, NULL)");
        }
        assertThat(PGliteClusters.open()).isEmpty();
    }

    @Test
    void dumpsTheDatabaseOfTheUrl() throws Exception {
        try (Connection connection = DriverManager.getConnection(URL)) {
            execute(connection, "CREATE DATABASE other");
            String other = "jdbc:pglite:memory:dumped/other?pglite.close=last";
            try (Connection inOther = DriverManager.getConnection(other)) {
                execute(inOther, "CREATE TABLE only_there (id int)");
            }
            assertThat(dump(other)).contains("only_there");
            assertThat(dump(URL)).doesNotContain("only_there");
        }
    }

    @Test
    void dumpsWhileATransactionIsOpen() throws Exception {
        try (Connection connection = DriverManager.getConnection(URL)) {
            execute(connection, "CREATE TABLE item (id int)");
            connection.setAutoCommit(false);
            execute(connection, "INSERT INTO item VALUES (42)");
            assertThat(dump(URL)).contains("COPY public.item (id) FROM stdin;\n\\.\n");
        }
    }

    @Test
    void tellsWhatPgDumpSays() {
        assertThatThrownBy(() -> dump(URL, "--table=nothing"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no matching tables were found");
        assertThatThrownBy(() -> dump("jdbc:pglite:memory:dumped/absent?pglite.close=last"))
                .hasMessageContaining("database \"absent\" does not exist");
        assertThatThrownBy(() -> dump(URL, "--nonsense"))
                .hasMessageContaining("unrecognized option");
        assertThat(PGliteClusters.open()).isEmpty();
    }

    @Test
    void failsWithAnOutputThatFails() {
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("full");
                    }
                };
        assertThatThrownBy(() -> PGliteDump.dump(URL, List.of(), full))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("pg_dump");
    }
}
