package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.codegen.GenerationTool;
import org.jooq.impl.DSL;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JooqTest {
    private static final String URL = "jdbc:pglite:memory:jooq";

    @TempDir Path directory;

    private static void createTable() throws Exception {
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS book ("
                            + "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text)");
        }
    }

    @Test
    void queriesWithDialectGiven() throws Exception {
        createTable();
        try (Connection connection = DriverManager.getConnection(URL)) {
            DSLContext jooq = DSL.using(connection, SQLDialect.POSTGRES);
            jooq.insertInto(DSL.table("book"), DSL.field("title", String.class))
                    .values("one")
                    .onConflictDoNothing()
                    .execute();
            List<String> titles =
                    jooq.select(DSL.field("title", String.class))
                            .from("book")
                            .limit(1)
                            .fetchInto(String.class);
            assertThat(titles).containsExactly("one");
        }
    }

    @Test
    void guessesDialectFromPostgresqlUrl() throws Exception {
        String url = URL + "?pglite.metadataUrl=postgresql";
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(DSL.using(connection).dialect()).isEqualTo(SQLDialect.POSTGRES);
        }
    }

    @Test
    void generatesCode() throws Exception {
        createTable();
        GenerationTool.generate(
                new Configuration()
                        .withJdbc(
                                new Jdbc()
                                        .withDriver("io.github.jdbcpglite.jdbc.PGliteDriver")
                                        .withUrl(URL))
                        .withGenerator(
                                new Generator()
                                        .withDatabase(
                                                new Database()
                                                        .withName(
                                                                "org.jooq.meta.postgres"
                                                                        + ".PostgresDatabase")
                                                        .withInputSchema("public"))
                                        .withTarget(
                                                new Target()
                                                        .withPackageName("generated")
                                                        .withDirectory(directory.toString()))));
        assertThat(Files.readString(directory.resolve("generated/tables/Book.java")))
                .contains(
                        "TableField<BookRecord, Long> ID", "TableField<BookRecord, String> TITLE");
    }
}
