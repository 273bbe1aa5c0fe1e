package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All methods of the three metadata interfaces. */
final class MetaDataProbes {
    /** How many sets of arguments a method of DatabaseMetaData is called with. */
    private static final int SETS = 8;

    /** What names the server or driver itself. */
    private static final Set<String> NOT_COMPARED =
            Set.of("getURL", "getConnection", "getDatabaseProductVersion");

    private static final List<List<@Nullable String>> STRINGS =
            List.of(
                    Arrays.asList(null, "jdbc_parity", "nosuch"),
                    Arrays.asList("jp", "j%", "public", "jp"),
                    Arrays.asList("orders", "%", "o_d%", "customers", "NoSuch"),
                    Arrays.asList("%", null, "id", "custom%"),
                    Arrays.asList("jp", null),
                    Arrays.asList("customers", "orders"));

    private static final List<String> QUERIES =
            List.of(
                    "SELECT ?::int, ?::text, ?::numeric(7,2), ?::timestamptz, ?::int[], ?::jsonb",
                    "SELECT * FROM jp.orders WHERE id = ? AND note LIKE ? AND placed < ?",
                    "INSERT INTO jp.customers (name, born, score) VALUES (?, ?, ?)",
                    "UPDATE jp.orders SET amount = amount + ? WHERE tags && ?",
                    "{? = call jp.twice(?)}",
                    "SELECT ? + 1, ? || 'x', coalesce(?, true)",
                    "SELECT 1",
                    "SELECT ?");

    private MetaDataProbes() {}

    static List<Probe> all() {
        List<Probe> probes = new ArrayList<>();
        for (Method method :
                Calls.methods(
                        DatabaseMetaData.class,
                        method -> !NOT_COMPARED.contains(method.getName()))) {
            String name =
                    "DatabaseMetaData."
                            + method.getName()
                            + Arrays.stream(method.getParameterTypes())
                                    .map(Class::getSimpleName)
                                    .toList();
            Probe probe = Probe.of(name, (target, record) -> database(target, record, method));
            // The specific name of a function ends in its number.
            boolean numbered = method.getName().matches("get(Function|Procedure)(s|Columns)");
            probes.add(numbered ? probe.with(NormaliseRule.OID) : probe);
        }
        probes.add(Probe.of("Connection getters", MetaDataProbes::connection));
        probes.add(Probe.of("ResultSetMetaData", MetaDataProbes::resultSet));
        probes.add(Probe.of("ParameterMetaData", MetaDataProbes::parameters));
        probes.add(
                Probe.of("getTypeInfo and getClientInfo", MetaDataProbes::typeInfo)
                        .with(NormaliseRule.OID));
        return probes;
    }

    private static void database(Target target, Recorder record, Method method)
            throws SQLException {
        try (Connection connection = target.connect()) {
            Calls.each(record, connection.getMetaData(), method, SETS, MetaDataProbes::choices);
        }
    }

    private static List<? extends @Nullable Object> choices(int index, Class<?> type) {
        if (type == String.class) {
            return STRINGS.get(Math.min(index, STRINGS.size() - 1));
        } else if (type == boolean.class) {
            return List.of(true, false);
        } else if (type == int.class) {
            return List.of(0, 1, 2, 4, 8, 1003, 1004, 1005, 1007, 1008);
        } else if (type == String[].class) {
            return Arrays.asList(
                    null,
                    new String[] {"TABLE"},
                    new String[] {"VIEW", "MATERIALIZED VIEW", "PARTITIONED TABLE"},
                    new String[] {"INDEX", "SEQUENCE", "TYPE"});
        } else if (type == int[].class) {
            return Arrays.asList(null, new int[] {2002}, new int[] {2001, 2002});
        }
        return type == Class.class ? List.of(Connection.class) : Arrays.asList((Object) null);
    }

    /** Calls what a new connection tells without arguments. */
    private static void connection(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            for (Method method :
                    Calls.methods(
                            Connection.class,
                            method ->
                                    method.getParameterCount() == 0
                                            && method.getName().matches("(get|is|native).*"))) {
                record.call(method.getName(), () -> method.invoke(connection));
            }
            for (String sql :
                    List.of(
                            "{fn now()}",
                            "{d '2024-01-01'}",
                            "{ts '2024-01-01 10:00:00'}",
                            "{call jp.twice(1)}",
                            "{fn concat('a', 'b')}",
                            "{oj a LEFT OUTER JOIN b ON true}",
                            "'{not}'",
                            "{fn nosuch(1)}",
                            "{escape '!'}",
                            "{")) {
                record.call("nativeSQL " + sql, () -> connection.nativeSQL(sql));
            }
        }
    }

    private static void resultSet(Target target, Recorder record) throws SQLException {
        for (String sql :
                List.of(
                        "SELECT * FROM jp.orders",
                        "SELECT * FROM jp.everything",
                        "SELECT o.id AS oid, c.name, count(*) AS n, 1 AS one, o.amount * 2"
                                + " FROM jp.orders o JOIN jp.customers c ON c.id = o.customer_id"
                                + " GROUP BY o.id, c.name",
                        "SELECT FROM jp.orders",
                        "SELECT * FROM jp.order_view")) {
            try (Connection connection = target.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                describe(record, sql, rows.getMetaData());
                record.call(sql + " findColumn id", () -> rows.findColumn("ID"));
                record.call(sql + " findColumn nosuch", () -> rows.findColumn("nosuch"));
            }
            try (Connection connection = target.connect();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                ResultSetMetaData meta = statement.getMetaData();
                record.line(sql + " prepared");
                describe(record, sql, meta);
            }
        }
    }

    private static void describe(Recorder record, String sql, ResultSetMetaData meta)
            throws SQLException {
        int columns = meta.getColumnCount();
        record.line(sql + " columns " + columns);
        for (Method method :
                Calls.methods(
                        ResultSetMetaData.class,
                        method ->
                                Arrays.equals(
                                        method.getParameterTypes(), new Class<?>[] {int.class}))) {
            for (int i = 0; i <= columns + 1; i++) {
                int column = i;
                record.call(
                        "column " + i + " " + method.getName(), () -> method.invoke(meta, column));
            }
        }
    }

    private static void parameters(Target target, Recorder record) throws SQLException {
        for (String sql : QUERIES) {
            try (Connection connection = target.connect();
                    PreparedStatement statement =
                            sql.startsWith("{")
                                    ? connection.prepareCall(sql)
                                    : connection.prepareStatement(sql)) {
                record.line(sql);
                record.call(
                        "getParameterCount",
                        () -> statement.getParameterMetaData().getParameterCount());
                for (Method method :
                        Calls.methods(
                                ParameterMetaData.class,
                                method ->
                                        Arrays.equals(
                                                method.getParameterTypes(),
                                                new Class<?>[] {int.class}))) {
                    for (int i = 0; i <= 7; i++) {
                        int index = i;
                        record.call(
                                "parameter " + i + " " + method.getName(),
                                () -> method.invoke(statement.getParameterMetaData(), index));
                    }
                }
            }
        }
    }

    private static void typeInfo(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            DatabaseMetaData meta = connection.getMetaData();
            record.call(
                    "getColumns of pg_catalog", () -> meta.getColumns(null, null, "pg_am", "%"));
            record.call("getTables", () -> meta.getTables(null, null, "pg_c%", null));
            record.call("getIndexInfo", () -> meta.getIndexInfo(null, null, "pg_am", true, true));
            record.call("getFunctions", () -> meta.getFunctions(null, "pg_catalog", "lower%"));
            record.call(
                    "getFunctionColumns",
                    () -> meta.getFunctionColumns(null, "pg_catalog", "generate_series", "%"));
            record.call(
                    "major version",
                    () -> meta.getDatabaseProductVersion().replaceAll("\\..*", ""));
        }
    }
}
