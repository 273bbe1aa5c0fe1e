package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import kotlin.Unit;
import org.jetbrains.exposed.v1.core.DatabaseConfig;
import org.jetbrains.exposed.v1.core.Table;
import org.jetbrains.exposed.v1.jdbc.Database;
import org.jetbrains.exposed.v1.jdbc.JdbcTransaction;
import org.jetbrains.exposed.v1.jdbc.SchemaUtils;
import org.jetbrains.exposed.v1.jdbc.statements.jdbc.JdbcConnectionImpl;
import org.jetbrains.exposed.v1.jdbc.transactions.TransactionManager;
import org.jetbrains.exposed.v1.jdbc.transactions.TransactionsKt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exposed goes by the prefix of the URL, which has to be {@code jdbc:postgresql:}. */
class ExposedTest {
    private static final String URL =
            "jdbc:postgresql://pglite/postgres"
                    + "?socketFactory=io.github.jdbcpglite.jdbc.PGliteSocketFactory"
                    + "&pglite.target=memory:exposed";

    /** With one column of each kind that dialects differ in. */
    private static final class Items extends Table {
        Items() {
            super("item");
            autoIncrement(integer("id", null), (String) null);
            uuid("code");
        }
    }

    private Database database;

    @AfterEach
    void close() {
        if (database != null) {
            TransactionManager.Companion.closeAndUnregister(database);
        }
    }

    private Database connect(String url, String driver) {
        return Database.Companion.connect(
                url,
                driver,
                "postgres",
                "",
                connection -> Unit.INSTANCE,
                DatabaseConfig.Companion.invoke(builder -> Unit.INSTANCE),
                connection -> new JdbcConnectionImpl(connection),
                made -> new TransactionManager(made, null));
    }

    @Test
    void knowsNoOtherPrefix() {
        assertThatThrownBy(
                        () ->
                                connect(
                                        "jdbc:pglite:memory:exposed",
                                        "io.github.jdbcpglite.jdbc.PGliteDriver"))
                .hasMessageContaining("jdbc:pglite");
    }

    @Test
    void createsTablesAndReadsRows() {
        database = connect(URL, "org.postgresql.Driver");
        Items items = new Items();
        String type =
                TransactionsKt.transaction(
                        database,
                        null,
                        null,
                        transaction -> {
                            SchemaUtils.INSTANCE.create(new Table[] {items}, false);
                            return typeOfId(transaction);
                        });
        assertThat(type).isEqualTo("integer, uuid");
    }

    private static String typeOfId(JdbcTransaction transaction) {
        return transaction.exec(
                "SELECT string_agg(data_type, ', ' ORDER BY ordinal_position)"
                        + " FROM information_schema.columns WHERE table_name = 'item'",
                List.of(),
                null,
                rows -> {
                    try {
                        rows.next();
                        return rows.getString(1);
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
