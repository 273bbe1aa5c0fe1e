package io.github.jdbcpglite.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.geometric.PGpoint;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/** Values of all common types both ways, as text and as binary, each in every way of querying. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TypesTest {
    private static final String TEXT = "binaryTransfer=false";
    private static final String BINARY = "prepareThreshold=-1";
    private static final String PREPARED = "prepareThreshold=1";
    private static final String SIMPLE = "preferQueryMode=simple";

    static Stream<Arguments> typesAndModes() {
        return Stream.of(TEXT, BINARY, PREPARED, SIMPLE)
                .flatMap(mode -> values().map(v -> Arguments.of(mode, v[0], v[1], v[2])));
    }

    /** A type, a value to send and receive, and the text PostgreSQL shows for it. */
    private static Stream<Object[]> values() {
        return Stream.of(
                new Object[] {"bool", true, "true"},
                new Object[] {"int2", (short) -12345, "-12345"},
                new Object[] {"int4", Integer.MIN_VALUE, "-2147483648"},
                new Object[] {"int8", Long.MAX_VALUE, "9223372036854775807"},
                new Object[] {"float4", 1.5f, "1.5"},
                new Object[] {"float8", -1.0e-300, "-1e-300"},
                new Object[] {"float8", Double.NaN, "NaN"},
                new Object[] {"float8", Double.POSITIVE_INFINITY, "Infinity"},
                new Object[] {"numeric", new BigDecimal("12345678901234567890.0123"), null},
                new Object[] {"numeric(10,3)", new BigDecimal("-0.001"), "-0.001"},
                new Object[] {"text", "", ""},
                new Object[] {"text", "it's \\ \"quoted\" $1 ?", null},
                new Object[] {"varchar(20)", "žluťoučký kůň", null},
                new Object[] {"text", "日本語 🐘 \u0301", null},
                new Object[] {"char(4)", "ab  ", "ab"},
                new Object[] {"date", LocalDate.of(2000, 2, 29), "2000-02-29"},
                new Object[] {"date", LocalDate.of(-43, 3, 15), "0044-03-15 BC"},
                new Object[] {"time", LocalTime.of(23, 59, 59, 123456000), "23:59:59.123456"},
                new Object[] {
                    "timestamp",
                    LocalDateTime.of(1999, 12, 31, 23, 59, 59, 999999000),
                    "1999-12-31 23:59:59.999999"
                },
                new Object[] {
                    "timestamptz", OffsetDateTime.of(2026, 11, 24, 8, 0, 0, 0, ZoneOffset.UTC), null
                },
                new Object[] {
                    "uuid", UUID.fromString("0af6ae04-1f7a-4d3c-8f0e-6f7c38b1b9a1"), null
                });
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("typesAndModes")
    void valuesGoBothWays(String mode, String type, Object value, String shown)
            throws SQLException {
        try (Connection connection = Sql.connect(mode)) {
            Sql.run(connection, "create temp table t (id int, v " + type + ")");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into t values (?, ?)")) {
                insert.setInt(1, 1);
                insert.setObject(2, value);
                insert.executeUpdate();
                insert.setInt(1, 2);
                insert.setNull(2, Types.NULL);
                insert.executeUpdate();
            }
            try (PreparedStatement query =
                    connection.prepareStatement("select v, v::text from t order by id")) {
                for (int i = 0; i < 3; i++) {
                    check(query, value, shown);
                }
            }
        }
    }

    private static void check(PreparedStatement query, Object value, String shown)
            throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1, value.getClass())).isEqualTo(value);
            assertThat(rows.wasNull()).isFalse();
            if (shown != null) {
                assertThat(rows.getString(2)).isEqualTo(shown);
            }
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1)).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.next()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY, PREPARED, SIMPLE})
    void bytesAndOldDates(String mode) throws SQLException {
        byte[] bytes = new byte[70_000];
        new Random(1).nextBytes(bytes);
        try (Connection connection = Sql.connect(mode);
                PreparedStatement query =
                        connection.prepareStatement(
                                "select ?::bytea, ?::date, ?::time, ?::timestamp")) {
            query.setBytes(1, bytes);
            query.setDate(2, Date.valueOf("2026-11-24"));
            query.setTime(3, Time.valueOf("08:00:01"));
            query.setTimestamp(4, Timestamp.valueOf("2026-11-24 08:00:00.000001"));
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getBytes(1)).isEqualTo(bytes);
                assertThat(rows.getDate(2)).isEqualTo(Date.valueOf("2026-11-24"));
                assertThat(rows.getTime(3)).isEqualTo(Time.valueOf("08:00:01"));
                assertThat(rows.getTimestamp(4))
                        .isEqualTo(Timestamp.valueOf("2026-11-24 08:00:00.000001"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY, PREPARED, SIMPLE})
    void arrays(String mode) throws SQLException {
        Integer[] numbers = {1, null, -3};
        String[] texts = {"a", "b,c", "\"d\"", null, "{e}", "null", "é"};
        try (Connection connection = Sql.connect(mode);
                PreparedStatement query =
                        connection.prepareStatement(
                                "select ?::int[], ?::text[], '{{1,2},{3,4}}'::int[]")) {
            query.setArray(1, connection.createArrayOf("int4", numbers));
            query.setArray(2, connection.createArrayOf("text", texts));
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getArray(1).getArray()).isEqualTo(numbers);
                assertThat(rows.getArray(2).getArray()).isEqualTo(texts);
                Array nested = rows.getArray(3);
                assertThat(Arrays.deepToString((Object[]) nested.getArray()))
                        .isEqualTo("[[1, 2], [3, 4]]");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY, PREPARED, SIMPLE})
    void typesOfPostgresqlItself(String mode) throws SQLException {
        try (Connection connection = Sql.connect(mode);
                PreparedStatement query =
                        prepareWithEnum(
                                connection,
                                "select '{\"a\": [1, 2]}'::jsonb, '1 mon 2 days"
                                    + " 03:00:04.5'::interval, '(1.5,-2)'::point,"
                                    + " '10.0.0.0/8'::cidr, '[1,5)'::int4range, xmlelement(name a,"
                                    + " 'b'), 'sad'::pg_temp.mood, b'101', '12.34'::money, row(1,"
                                    + " 'x'), 'a:1 b:2'::tsvector, ?::jsonb->>'k'")) {
            PGobject json = new PGobject();
            json.setType("jsonb");
            json.setValue("{\"k\": \"v\"}");
            query.setObject(1, json);
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("{\"a\": [1, 2]}");
                assertThat(rows.getObject(2)).isEqualTo(new PGInterval("1 mon 2 days 03:00:04.5"));
                assertThat(rows.getObject(3)).isEqualTo(new PGpoint(1.5, -2));
                assertThat(rows.getString(4)).isEqualTo("10.0.0.0/8");
                assertThat(rows.getString(5)).isEqualTo("[1,5)");
                assertThat(rows.getSQLXML(6).getString()).isEqualTo("<a>b</a>");
                assertThat(rows.getString(7)).isEqualTo("sad");
                assertThat(rows.getString(8)).isEqualTo("101");
                assertThat(rows.getString(9)).contains("12.34");
                assertThat(rows.getString(10)).isEqualTo("(1,x)");
                assertThat(rows.getString(11)).isEqualTo("'a':1 'b':2");
                assertThat(rows.getString(12)).isEqualTo("v");
            }
        }
    }

    private static PreparedStatement prepareWithEnum(Connection connection, String query)
            throws SQLException {
        Sql.run(connection, "create type pg_temp.mood as enum ('sad', 'ok')");
        return connection.prepareStatement(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void valuesOfTenMegabytes(String mode) throws SQLException {
        byte[] bytes = new byte[10 << 20];
        new Random(2).nextBytes(bytes);
        String text = "žluť ".repeat(bytes.length / 5);
        try (Connection connection = Sql.connect(mode)) {
            Sql.run(connection, "create temp table big (b bytea, t text)");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into big values (?, ?)")) {
                insert.setBytes(1, bytes);
                insert.setString(2, text);
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            try (PreparedStatement query =
                            connection.prepareStatement("select b, t, length(t) from big");
                    ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(Arrays.equals(rows.getBytes(1), bytes)).isTrue();
                assertThat(rows.getString(2).equals(text)).isTrue();
                assertThat(rows.getInt(3)).isEqualTo(text.length());
                assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(10 << 20);
            }
        }
    }
}
