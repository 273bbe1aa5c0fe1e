package io.github.jdbcpglite.conformance.differential;

import java.util.List;

/** The column types of generated tables, with literals at the edges of each. */
enum SqlType {
    INT("int", "0", "1", "-1", "7", "42", "-2147483648", "2147483647"),
    BIGINT("bigint", "0::bigint", "5000000000", "-9223372036854775807", "12::bigint"),
    NUMERIC("numeric", "0.00", "1.50", "-3.25", "12345678901234567890.5", "0.000001", "100.0"),
    FLOAT("float8", "0.0::float8", "1.25::float8", "-8.5::float8", "1048576::float8"),
    TEXT("text", "''", "'a'", "'Abc'", "'zebra'", "'ä€'", "'a''b'", "'  x '", "'12'"),
    BOOL("boolean", "true", "false"),
    DATE("date", "date '2024-02-29'", "date '1999-12-31'", "date '2024-01-01'", "date 'infinity'"),
    TIMESTAMP("timestamp", "timestamp '2024-02-29 12:34:56.5'", "timestamp '1970-01-01'"),
    JSON("jsonb", "'{}'::jsonb", "'{\"k\": 1, \"a\": [1, null, \"x\"]}'::jsonb", "'[3]'::jsonb"),
    ARRAY("int[]", "'{}'::int[]", "'{1,2,3}'::int[]", "'{7,null}'::int[]");

    private final String sql;
    private final List<String> literals;

    SqlType(String sql, String... literals) {
        this.sql = sql;
        this.literals = List.of(literals);
    }

    /** Returns the type's name in SQL. */
    String sql() {
        return sql;
    }

    /** Returns literals of the type. */
    List<String> literals() {
        return literals;
    }
}
