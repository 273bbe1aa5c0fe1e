package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors carry PostgreSQL's own SQLState, and the connection goes on after each. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SqlStatesTest {
    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        connection = Sql.connect();
        Sql.run(
                connection,
                "create temp table parent (id int primary key)",
                "create temp table short (v varchar(2))",
                "create temp table child (id int references parent, n int not null check (n > 0))",
                "insert into parent values (1)");
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    42601 | selct 1
                    42P01 | select * from no_such_table
                    42703 | select no_such_column from parent
                    42883 | select no_such_function()
                    42P07 | create temp table parent ()
                    42804 | insert into child values (1, true)
                    22012 | select 1 / 0
                    22P02 | select 'x'::int
                    22003 | select 99999999999::int
                    22007 | select 'yesterdayish'::date
                    23502 | insert into child values (1, null)
                    23503 | insert into child values (2, 1)
                    23505 | insert into parent values (1)
                    23514 | insert into child values (1, 0)
                    22001 | insert into pg_temp.short values (repeat('x', 3))
                    25001 | begin; vacuum; commit
                    2201E | select ln(0)
                    P0001 | do $$ begin raise exception 'mine'; end $$
                    0A000 | select 1 union select 2 for update
                    3F000 | create table no_such_schema.t ()
                    """)
    void errorsCarryTheirState(String state, String sql) throws SQLException {
        assertThat(Sql.failureOf(() -> Sql.run(connection, sql)).getSQLState()).isEqualTo(state);
        Sql.run(connection, "rollback");
        assertThat(Sql.value(connection, "select 1")).isEqualTo("1");
    }
}
