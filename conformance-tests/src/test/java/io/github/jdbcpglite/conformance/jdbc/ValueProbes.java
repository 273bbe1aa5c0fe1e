package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.geometric.PGpoint;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/** Every getter on every type, and every setter with every kind of value. */
final class ValueProbes {
    private static final List<String> VALUES =
            List.of(
                    "1::int2, (-32768)::int2, null::int2",
                    "1::int4, 2147483647, null::int4",
                    "1::int8, 9223372036854775807, 3000000000",
                    "1.5::float4, 'NaN'::float4, 1e38::float4",
                    "1.5::float8, 'Infinity'::float8, 1e-300::float8",
                    "1.50::numeric, 'NaN'::numeric, 12345678901234567890.123, 0.00::numeric(5,2)",
                    "true, false, null::bool",
                    "'x'::text, '12'::text, '', '1.9'::varchar, 'ab'::char(4), 'true'::text",
                    "'2024-02-29'::text, '10:11:12'::text, '2024-02-29 10:11:12'::text",
                    "'\\x00ff'::bytea, ''::bytea",
                    "'2024-02-29'::date, 'infinity'::date, '0044-03-15 BC'::date",
                    "'10:11:12.123456'::time, '24:00'::time, '00:00'::time",
                    "'10:11:12+02'::timetz",
                    "'2024-02-29 10:11:12.123456'::timestamp, '-infinity'::timestamp",
                    "'2024-02-29 10:11:12+05:30'::timestamptz, '1900-01-01'::timestamptz",
                    "'1 year 2 days 03:04:05.6'::interval",
                    "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
                    "'{\"a\": [1, null]}'::json, '{\"a\": 1}'::jsonb",
                    "'<a>1</a>'::xml",
                    "'{1,2,null}'::int[], '{{a,b},{c,d}}'::text[], '{}'::numeric[]",
                    "'{t,f}'::bool[], '{2024-01-01}'::date[], '{1.5,NaN}'::float8[]",
                    "'(1,2)'::point, '((0,0),(1,1))'::box, '<(1,1),2>'::circle,"
                            + " '[(0,0),(1,1)]'::path",
                    "'[1,5)'::int4range, '{[1,2)}'::int4multirange, '1.2.3.4/8'::inet",
                    "B'101', B'1', '101'::varbit, '$5.50'::money, '5'::oid, 'x'::name",
                    "row(1, 'x'), 'red'::jp.colour, 'abc'::\"char\", 'a b'::tsvector");

    private static final List<Class<?>> CLASSES =
            List.of(
                    String.class,
                    Integer.class,
                    Long.class,
                    Short.class,
                    Double.class,
                    Float.class,
                    Boolean.class,
                    BigDecimal.class,
                    BigInteger.class,
                    byte[].class,
                    Date.class,
                    Time.class,
                    Timestamp.class,
                    Calendar.class,
                    LocalDate.class,
                    LocalTime.class,
                    LocalDateTime.class,
                    OffsetDateTime.class,
                    OffsetTime.class,
                    ZonedDateTime.class,
                    Instant.class,
                    UUID.class,
                    PGobject.class,
                    PGpoint.class,
                    PGInterval.class,
                    Integer[].class);

    private static final List<String> SET_TYPES =
            List.of(
                    "int4",
                    "int8",
                    "numeric",
                    "float8",
                    "text",
                    "bool",
                    "bytea",
                    "date",
                    "time",
                    "timestamp",
                    "timestamptz",
                    "uuid",
                    "jsonb",
                    "int4[]",
                    "point",
                    "interval",
                    "xml",
                    "bit(3)");

    private ValueProbes() {}

    static List<Probe> all() {
        List<Probe> probes = new ArrayList<>();
        for (String values : VALUES) {
            probes.add(
                    Probe.of(
                                    "getters on " + values,
                                    (target, record) -> getters(target, record, values))
                            .with(NormaliseRule.TYPE_OID, NormaliseRule.IDENTITY));
        }
        for (String type : SET_TYPES) {
            probes.add(
                    Probe.of(
                            "setters to " + type,
                            (target, record) -> setters(target, record, type)));
        }
        for (int fetch : new int[] {0, 1, 3, 100}) {
            probes.add(
                    Probe.of(
                            "fetch size " + fetch,
                            (target, record) -> fetchSize(target, record, fetch)));
        }
        return probes;
    }

    private static void getters(Target target, Recorder record, String values) throws SQLException {
        try (Connection connection = target.connect();
                PreparedStatement statement = connection.prepareStatement("SELECT " + values);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            int columns = rows.getMetaData().getColumnCount();
            List<Method> getters =
                    Calls.methods(
                            ResultSet.class,
                            method ->
                                    method.getName().startsWith("get")
                                            && Arrays.equals(
                                                    method.getParameterTypes(),
                                                    new Class<?>[] {int.class}));
            for (int i = 1; i <= columns; i++) {
                int column = i;
                for (Method getter : getters) {
                    record.call(i + " " + getter.getName(), () -> getter.invoke(rows, column));
                }
                for (Class<?> type : CLASSES) {
                    record.call(
                            i + " getObject " + type.getSimpleName(),
                            () -> rows.getObject(column, type));
                }
                record.call(i + " wasNull", rows::wasNull);
            }
            record.call("getInt 0", () -> rows.getInt(0));
            record.call("getString 99", () -> rows.getString(99));
        }
    }

    /** Returns values of every class that setObject takes, and some that it refuses. */
    private static Map<String, @Nullable Object> objects() {
        Map<String, @Nullable Object> objects = new LinkedHashMap<>();
        for (Object value :
                new Object[] {
                    7,
                    8L,
                    (short) 9,
                    (byte) 3,
                    1.25f,
                    2.5,
                    new BigDecimal("12.50"),
                    new BigInteger("123"),
                    true,
                    "text",
                    "42",
                    "2024-02-29",
                    'c',
                    LocalDate.of(2024, 2, 29),
                    LocalTime.of(10, 11, 12, 123_456_000),
                    LocalDateTime.of(2024, 2, 29, 10, 11, 12),
                    OffsetDateTime.of(2024, 2, 29, 10, 11, 12, 0, ZoneOffset.ofHours(2)),
                    OffsetTime.of(10, 11, 12, 0, ZoneOffset.ofHours(-3)),
                    Date.valueOf("2024-02-29"),
                    Time.valueOf("10:11:12"),
                    Timestamp.valueOf("2024-02-29 10:11:12.5"),
                    UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                    new PGpoint(1, 2),
                    new Object[0].getClass(),
                    LocalDate.MAX,
                    LocalDate.MIN,
                    Map.of("k", "v")
                }) {
            objects.put(value.getClass().getSimpleName() + " " + value, value);
        }
        objects.put("byte[]", new byte[] {0, -1, 65});
        objects.put("Integer[]", new Integer[] {1, null, 3});
        objects.put("int[]", new int[] {4, 5});
        objects.put("String[][]", new String[][] {{"a", "b"}, {"c,\"", null}});
        objects.put("null", null);
        return objects;
    }

    private static void setters(Target target, Recorder record, String type) throws SQLException {
        try (Connection connection = target.connect()) {
            String sql = "SELECT ?::" + type + "::text";
            objects()
                    .forEach(
                            (name, value) ->
                                    setter(
                                            record,
                                            connection,
                                            sql,
                                            "setObject " + name,
                                            s -> s.setObject(1, value)));
            for (int sqlType :
                    new int[] {
                        Types.INTEGER,
                        Types.VARCHAR,
                        Types.NUMERIC,
                        Types.OTHER,
                        Types.BOOLEAN,
                        Types.DATE,
                        Types.TIMESTAMP_WITH_TIMEZONE,
                        Types.BINARY,
                        Types.ARRAY,
                        Types.STRUCT,
                        Types.NULL
                    }) {
                setter(
                        record,
                        connection,
                        sql,
                        "setObject 42 as " + sqlType,
                        s -> s.setObject(1, "42", sqlType));
                setter(record, connection, sql, "setNull " + sqlType, s -> s.setNull(1, sqlType));
            }
            typed(record, connection, sql);
        }
    }

    private static void typed(Recorder record, Connection connection, String sql) {
        byte[] bytes = "42".getBytes(StandardCharsets.UTF_8);
        setter(record, connection, sql, "setInt", s -> s.setInt(1, 42));
        setter(record, connection, sql, "setLong", s -> s.setLong(1, 42));
        setter(record, connection, sql, "setDouble", s -> s.setDouble(1, 42.5));
        setter(record, connection, sql, "setFloat NaN", s -> s.setFloat(1, Float.NaN));
        setter(record, connection, sql, "setString", s -> s.setString(1, "42"));
        setter(record, connection, sql, "setBoolean", s -> s.setBoolean(1, true));
        setter(record, connection, sql, "setBytes", s -> s.setBytes(1, bytes));
        setter(record, connection, sql, "setDate", s -> s.setDate(1, Date.valueOf("2024-01-31")));
        setter(
                record,
                connection,
                sql,
                "setBinaryStream",
                s -> s.setBinaryStream(1, new ByteArrayInputStream(bytes)));
        setter(
                record,
                connection,
                sql,
                "setCharacterStream",
                s -> s.setCharacterStream(1, new StringReader("42")));
        setter(
                record,
                connection,
                sql,
                "setArray",
                s -> s.setArray(1, connection.createArrayOf("int4", new Object[] {1, 2})));
        setter(record, connection, sql, "unset", s -> {});
        setter(record, connection, sql, "setInt 2", s -> s.setInt(2, 42));
        setter(record, connection, sql, "setRowId", s -> s.setRowId(1, null));
    }

    /** Sets the parameters of a statement. */
    @FunctionalInterface
    interface Setting {
        void apply(PreparedStatement statement) throws SQLException;
    }

    private static void setter(
            Recorder record, Connection connection, String sql, String name, Setting setting) {
        record.call(
                name,
                () -> {
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        setting.apply(statement);
                        return statement.executeQuery();
                    }
                });
    }

    private static void fetchSize(Target target, Recorder record, int fetch) throws SQLException {
        try (Connection connection = target.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(fetch);
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT g, repeat('x', g) FROM generate_series(1, 7) g");
                for (int i = 0; i < 9; i++) {
                    record.call("next", rows::next);
                    record.call("getRow", rows::getRow);
                    record.call("isLast", rows::isLast);
                    record.call("getString", () -> rows.getString(2));
                    if (i == 3) {
                        record.run("setFetchSize 2", () -> rows.setFetchSize(2));
                    }
                }
                record.call("getFetchSize", rows::getFetchSize);
                statement.setMaxRows(4);
                record.call(
                        "maxRows", () -> statement.executeQuery("SELECT generate_series(1, 9)"));
                record.call(
                        "error in the middle",
                        () ->
                                statement.executeQuery(
                                        "SELECT 1 / (3 - g) FROM generate_series(1, 5) g"));
                connection.rollback();
            }
        }
    }
}
