package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGStatement;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Statements of all kinds, their results, transactions and errors. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatementsTest {
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = Sql.connect();
        Sql.run(
                connection,
                "create temp table author (id int generated always as identity primary key,"
                        + " name text not null unique)",
                "create temp table book (id serial primary key, title text,"
                        + " author_id int references author, price numeric(8,2)"
                        + " check (price >= 0))");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void dataGoesInAndComesOutJoined() throws SQLException {
        Sql.run(
                connection,
                "insert into author (name) values ('Le Guin'), ('Lem')",
                "insert into book (title, author_id, price) values ('Solaris', 2, 9.50),"
                        + " ('The Dispossessed', 1, 12), ('Fiasco', 2, 7)",
                "alter table book add column read boolean default false",
                "update book set read = true where price > 9",
                "delete from book where title = 'Fiasco'");
        assertThat(
                        Sql.column(
                                connection,
                                "select b.title || '/' || a.name || '/' || b.read from book b"
                                        + " join author a on a.id = b.author_id order by 1"))
                .containsExactly("Solaris/Lem/true", "The Dispossessed/Le Guin/true");
    }

    @Test
    void updateCountsAreExact() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("insert into author (name) values ('a'), ('b')"))
                    .isEqualTo(2);
            assertThat(statement.executeUpdate("update author set name = name || '!'"))
                    .isEqualTo(2);
            assertThat(statement.executeLargeUpdate("delete from author where id > 99")).isZero();
            assertThat(statement.executeUpdate("create temp table empty ()")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void batchesInsertEverything(String rewrite) throws SQLException {
        try (Connection own = Sql.connect("reWriteBatchedInserts=" + rewrite)) {
            Sql.run(own, "create temp table numbers (n int, square int)");
            try (PreparedStatement insert =
                    own.prepareStatement("insert into numbers values (?, ?)")) {
                for (int i = 0; i < 5000; i++) {
                    insert.setInt(1, i);
                    insert.setInt(2, i * i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(5000);
            }
            assertThat(Sql.value(own, "select count(*) || ' ' || sum(square) from numbers"))
                    .isEqualTo("5000 41654167500");
        }
    }

    @Test
    void aFailedBatchTellsWhereItStopped() throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into author (name) values (?)")) {
            for (String name : List.of("a", "b", "a", "c")) {
                insert.setString(1, name);
                insert.addBatch();
            }
            SQLException failure = Sql.failureOf(insert::executeBatch);
            assertThat((Throwable) failure).isInstanceOf(BatchUpdateException.class);
            assertThat(failure.getSQLState()).isEqualTo("23505");
            assertThat(((BatchUpdateException) failure).getUpdateCounts()).hasSize(4);
        }
        connection.rollback();
        assertThat(Sql.value(connection, "select count(*) from author")).isEqualTo("0");
    }

    @Test
    void generatedKeysComeBack() throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into author (name) values (?)", new String[] {"id"})) {
            List<Integer> keys = new ArrayList<>();
            for (String name : List.of("a", "b")) {
                insert.setString(1, name);
                insert.executeUpdate();
                try (ResultSet generated = insert.getGeneratedKeys()) {
                    assertThat(generated.next()).isTrue();
                    keys.add(generated.getInt("id"));
                }
            }
            assertThat(keys).containsExactly(1, 2);
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "insert into author (name) values ('c'), ('d')",
                    Statement.RETURN_GENERATED_KEYS);
            assertThat(Sql.column(statement.getGeneratedKeys(), 2)).containsExactly("c", "d");
        }
    }

    @Test
    void aCursorFetchesInPieces() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(7);
            try (ResultSet rows =
                    statement.executeQuery("select n from generate_series(1, 1000) n")) {
                int sum = 0;
                int cursors = -1;
                while (rows.next()) {
                    sum += rows.getInt(1);
                    if (rows.getInt(1) == 500) {
                        cursors =
                                Integer.parseInt(
                                        Sql.value(connection, "select count(*) from pg_cursors"));
                    }
                }
                assertThat(sum).isEqualTo(500500);
                assertThat(cursors).as("a portal was open half way").isPositive();
            }
        }
        connection.rollback();
    }

    @Test
    void scrollableAndUpdatableResults() throws SQLException {
        Sql.run(connection, "insert into author (name) values ('a'), ('b'), ('c')");
        try (Statement statement =
                        connection.createStatement(
                                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows =
                        statement.executeQuery("select id, name from author order by id")) {
            assertThat(rows.last()).isTrue();
            rows.updateString("name", "z");
            rows.updateRow();
            assertThat(rows.absolute(1)).isTrue();
            rows.deleteRow();
        }
        assertThat(Sql.column(connection, "select name from author order by id"))
                .containsExactly("b", "z");
    }

    @Test
    void severalResultsComeInTurn() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean first =
                    statement.execute(
                            "select 1; insert into author (name) values ('x');"
                                    + " select 'two' union all select 'rows' order by 1");
            assertThat(first).isTrue();
            assertThat(Sql.column(statement.getResultSet(), 1)).containsExactly("1");
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(1);
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(Sql.column(statement.getResultSet(), 1)).containsExactly("rows", "two");
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    @Test
    void preparedStatementsStayPreparedPastTheThreshold() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select ?::int * 2")) {
            for (int i = 1; i <= 12; i++) {
                query.setInt(1, i);
                try (ResultSet rows = query.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i * 2);
                }
            }
            assertThat(query.unwrap(PGStatement.class).isUseServerPrepare()).isTrue();
            assertThat(
                            Sql.value(
                                    connection,
                                    "select count(*) from pg_prepared_statements"
                                            + " where statement like 'select %1::int * 2'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void aPreparedPlanSurvivesAChangeOfItsTable() throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select * from author where id > ?")) {
            for (int i = 0; i < 7; i++) {
                query.setInt(1, 0);
                query.executeQuery().close();
            }
            Sql.run(connection, "alter table author add column born int");
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.getMetaData().getColumnCount()).isEqualTo(3);
            }
        }
    }

    @Test
    void savepointsUndoAPart() throws SQLException {
        connection.setAutoCommit(false);
        Sql.run(connection, "insert into author (name) values ('kept')");
        Savepoint savepoint = connection.setSavepoint("here");
        Sql.run(connection, "insert into author (name) values ('undone')");
        Sql.failureOf(() -> Sql.run(connection, "insert into author (name) values (null)"));
        assertThat(Sql.failureOf(() -> Sql.run(connection, "select 1")).getSQLState())
                .as("the transaction is aborted")
                .isEqualTo("25P02");
        connection.rollback(savepoint);
        Savepoint released = connection.setSavepoint();
        connection.releaseSavepoint(released);
        connection.commit();
        assertThat(Sql.column(connection, "select name from author")).containsExactly("kept");
    }

    @Test
    void noticesBecomeWarnings() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "do $$ begin raise notice 'first %', 1;"
                            + " raise warning 'second' using errcode = '01234'; end $$");
            SQLWarning warning = statement.getWarnings();
            assertThat(warning.getMessage()).isEqualTo("first 1");
            assertThat(warning.getNextWarning().getSQLState()).isEqualTo("01234");
        }
    }

    @Test
    void errorsKeepAllTheirFields() {
        PSQLException failure =
                (PSQLException)
                        Sql.failureOf(
                                () ->
                                        Sql.run(
                                                connection,
                                                "insert into book (title, price)"
                                                        + " values ('x', -1)"));
        ServerErrorMessage message = failure.getServerErrorMessage();
        assertThat(message).isNotNull();
        assertThat(message.getSeverity()).isEqualTo("ERROR");
        assertThat(message.getSQLState()).isEqualTo("23514");
        assertThat(message.getTable()).isEqualTo("book");
        assertThat(message.getConstraint()).isEqualTo("book_price_check");
        assertThat(message.getDetail()).startsWith("Failing row contains");
        assertThat(message.getRoutine()).isEqualTo("ExecConstraints");
        PSQLException syntax =
                (PSQLException) Sql.failureOf(() -> Sql.run(connection, "select foo bar baz"));
        assertThat(syntax.getServerErrorMessage().getPosition()).isEqualTo(16);
        PSQLException hint =
                (PSQLException) Sql.failureOf(() -> Sql.run(connection, "select nmae from author"));
        assertThat(hint.getServerErrorMessage().getHint()).contains("author.name");
    }

    @Test
    void callsOfFunctionsAndProcedures() throws SQLException {
        Sql.run(
                connection,
                "create function pg_temp.twice(n int) returns int language plpgsql"
                        + " as $$ begin return n * 2; end $$");
        try (var call = connection.prepareCall("{? = call pg_temp.twice(?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, 21);
            call.execute();
            assertThat(call.getInt(1)).isEqualTo(42);
        }
    }
}
