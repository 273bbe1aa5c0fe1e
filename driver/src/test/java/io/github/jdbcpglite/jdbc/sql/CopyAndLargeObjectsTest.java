package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** COPY in both directions, large objects and encodings. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CopyAndLargeObjectsTest {
    private Connection connection;
    private CopyManager copy;

    @BeforeEach
    void connect() throws SQLException {
        connection = Sql.connect();
        copy = connection.unwrap(PGConnection.class).getCopyAPI();
        Sql.run(connection, "create temp table t (n int, v text)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void manyRowsGoInAndComeOut() throws SQLException, IOException {
        String csv =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> i + ",\"row, \"\"" + i + "\"\"\"\n")
                        .collect(Collectors.joining());
        assertThat(copy.copyIn("copy t from stdin (format csv)", new StringReader(csv)))
                .isEqualTo(100_000);
        assertThat(Sql.value(connection, "select v from t where n = 4711"))
                .isEqualTo("row, \"4711\"");
        StringWriter out = new StringWriter();
        assertThat(copy.copyOut("copy (select * from t order by n) to stdout (format csv)", out))
                .isEqualTo(100_000);
        assertThat(out.toString().equals(csv)).isTrue();
    }

    @Test
    void binaryCopyGoesBothWays() throws SQLException, IOException {
        Sql.run(connection, "insert into t select n, 'é' || n from generate_series(1, 1000) n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(copy.copyOut("copy t to stdout (format binary)", out)).isEqualTo(1000);
        Sql.run(connection, "truncate t");
        assertThat(
                        copy.copyIn(
                                "copy t from stdin (format binary)",
                                new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(1000);
        assertThat(Sql.value(connection, "select sum(n) || max(v) from t")).isEqualTo("500500é999");
    }

    @Test
    void aBadRowAndACancelLeaveTheConnectionUsable() throws SQLException {
        assertThat(
                        Sql.failureOf(
                                        () ->
                                                copy.copyIn(
                                                        "copy t from stdin",
                                                        new StringReader("1\tok\nx\tbad\n")))
                                .getSQLState())
                .isEqualTo("22P02");
        CopyIn in = copy.copyIn("copy t from stdin");
        byte[] row = "2\tundone\n".getBytes(StandardCharsets.UTF_8);
        in.writeToCopy(row, 0, row.length);
        in.cancelCopy();
        assertThat(Sql.value(connection, "select count(*) from t")).isEqualTo("0");
    }

    @Test
    void largeObjectsAreWrittenSoughtAndRead() throws SQLException {
        byte[] data = new byte[3_000_000];
        new Random(3).nextBytes(data);
        connection.setAutoCommit(false);
        LargeObjectManager manager = connection.unwrap(PGConnection.class).getLargeObjectAPI();
        long oid = manager.createLO(LargeObjectManager.READWRITE);
        try (LargeObject object = manager.open(oid, LargeObjectManager.WRITE)) {
            object.write(data);
        }
        try (LargeObject object = manager.open(oid, LargeObjectManager.READ)) {
            assertThat(object.size64()).isEqualTo(data.length);
            object.seek64(2_999_990, LargeObject.SEEK_SET);
            assertThat(object.read(100)).isEqualTo(Arrays.copyOfRange(data, 2_999_990, 3_000_000));
            object.seek(0);
            assertThat(object.read(data.length)).isEqualTo(data);
        }
        manager.unlink(oid);
        connection.commit();
        assertThat(
                        Sql.value(
                                connection,
                                "select count(*) from pg_largeobject_metadata where oid = " + oid))
                .isEqualTo("0");
    }

    @Test
    void charactersOfEveryLengthSurvive() throws SQLException {
        StringBuilder all = new StringBuilder();
        for (int c = 1; c <= Character.MAX_CODE_POINT; c += 97) {
            if (Character.isDefined(c) && Character.getType(c) != Character.SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        try (var query = connection.prepareStatement("select ?::text, length(?::text)")) {
            query.setString(1, all.toString());
            query.setString(2, all.toString());
            try (var rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(all.toString());
                assertThat(rows.getInt(2)).isEqualTo(all.codePointCount(0, all.length()));
            }
        }
        assertThat(Sql.value(connection, "show server_encoding")).isEqualTo("UTF8");
        assertThat(
                        Sql.failureOf(
                                        () ->
                                                Sql.value(
                                                        connection,
                                                        "select convert_from('\\xff', 'UTF8')"))
                                .getSQLState())
                .isEqualTo("22021");
    }

    /** By a library of ours, since PGlite's binary left out what its own ones call. */
    @Test
    void textIsConvertedToAnotherEncodingAndRefusedWhereThatLacksIt() throws SQLException {
        assertThat(Sql.value(connection, "select convert_to('é', 'LATIN1')::text"))
                .isEqualTo("\\xe9");
        SQLException failure =
                Sql.failureOf(() -> Sql.value(connection, "select convert_to('€', 'LATIN1')"));
        assertThat(failure.getSQLState()).isEqualTo("22P05");
        assertThat(Sql.value(connection, "select 1")).isEqualTo("1");
    }
}
