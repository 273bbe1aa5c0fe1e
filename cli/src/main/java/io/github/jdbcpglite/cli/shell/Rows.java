package io.github.jdbcpglite.cli.shell;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/**
 * What a query answered, as PostgreSQL's text.
 *
 * @param title above the rows, or nothing
 * @param columns at least none
 * @param rows each as long as {@code columns}
 */
record Rows(String title, List<Column> columns, List<List<@Nullable String>> rows) {
    private static final Set<Integer> NUMBERS =
            Set.of(Oid.INT2, Oid.INT4, Oid.INT8, Oid.FLOAT4, Oid.FLOAT8, Oid.NUMERIC, Oid.OID);

    /**
     * A column.
     *
     * @param type as in {@code pg_type}
     */
    record Column(String name, int type) {
        boolean isNumber() {
            return NUMBERS.contains(type) || type == Oid.MONEY;
        }

        /** Returns a value as JSON; numbers that JSON has no form for are texts. */
        String json(@Nullable String value) {
            if (value == null) {
                return "null";
            }
            return switch (type) {
                case Oid.BOOL -> value.equals("t") ? "true" : "false";
                case Oid.JSON, Oid.JSONB -> value;
                default ->
                        NUMBERS.contains(type) && value.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")
                                ? value
                                : Json.quote(value);
            };
        }
    }

    Rows withTitle(String text) {
        return new Rows(text, columns, rows);
    }
}
