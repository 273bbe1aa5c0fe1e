package io.github.jdbcpglite.testing;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** A fork of a build: asks for a copy of a template and prints what is in it. */
final class FillingFork {
    /** A file with a line for each time that the filler began. */
    static final String JOURNAL = "test.journal";

    /** Whether the filler comes to no end. */
    static final String HANGS = "test.hangs";

    /** What the filler says of its content; absent for nothing. */
    static final String CONTENT = "test.content";

    private FillingFork() {}

    public static void main(String[] scripts) throws SQLException {
        PGliteTemplate template =
                PGliteTemplate.shared(
                        FillingFork.class.getClassLoader(),
                        List.of(scripts),
                        Filler.class,
                        Isolation.CLUSTER);
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        for (int i = 0; i < 2; i++) {
            try (PGliteTestDatabase database = template.create()) {
                out.println(
                        TestSql.strings(database.getDataSource(), "SELECT count(*) FROM filled")
                                .get(0));
            }
        }
    }

    static final class Filler implements DatabaseFiller {
        @Override
        public void fill(DataSource dataSource) throws SQLException, IOException {
            Files.writeString(
                    Path.of(System.getProperty(JOURNAL)),
                    "filled\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE filled AS SELECT generate_series(1, 7)");
                if (Boolean.getBoolean(HANGS)) {
                    statement.execute("SELECT pg_sleep(600)");
                }
            }
        }

        @Override
        public Optional<String> contentKey() {
            return Optional.ofNullable(System.getProperty(CONTENT));
        }
    }
}
