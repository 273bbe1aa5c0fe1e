package io.github.jdbcpglite.conformance.differential;

import java.util.ArrayList;
import java.util.List;

/** Makes queries over tables: joins, aggregates, subqueries, windows, set operations. */
final class Queries {
    /**
     * A table or view.
     *
     * @param name its name
     * @param columns its columns; the first is an int named id
     */
    record Table(String name, List<Column> columns) {
        /** Keeps its own copy of the columns. */
        Table {
            columns = List.copyOf(columns);
        }

        /** Returns the columns under an alias. */
        List<Column> under(String alias) {
            return columns.stream().map(column -> column.of(alias)).toList();
        }
    }

    private final Dice dice;
    private final Expressions expressions;
    private final List<Table> tables;

    Queries(Dice dice, Expressions expressions, List<Table> tables) {
        this.dice = dice;
        this.expressions = expressions;
        this.tables = tables;
    }

    /** Returns a query. */
    String any() {
        return switch (dice.below(8)) {
            case 0 -> aggregate();
            case 1 -> window();
            case 2 -> setOperation();
            case 3 -> common();
            case 4 -> recursive();
            default -> plain();
        };
    }

    /** A FROM clause and what it offers. */
    private record From(String sql, List<Column> scope) {}

    private From from() {
        Table first = dice.one(tables);
        StringBuilder sql = new StringBuilder(first.name() + " a");
        List<Column> scope = new ArrayList<>(first.under("a"));
        int joins = dice.below(3);
        for (int i = 0; i < joins; i++) {
            String alias = String.valueOf((char) ('b' + i));
            Table next = dice.one(tables);
            if (dice.chance(15)) {
                sql.append(" CROSS JOIN LATERAL (SELECT x.* FROM ")
                        .append(next.name())
                        .append(" x WHERE x.id = a.id ORDER BY x.id LIMIT 2) ")
                        .append(alias);
                scope.addAll(next.under(alias));
                continue;
            }
            scope.addAll(next.under(alias));
            String kind = dice.one("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "JOIN");
            sql.append(' ').append(kind).append(' ').append(next.name()).append(' ').append(alias);
            sql.append(" ON ").append(alias).append(".id = a.id");
            if (!kind.equals("FULL JOIN") && dice.chance(30)) {
                sql.append(" AND ").append(expressions.condition(scope, 1));
            }
        }
        return new From(sql.toString(), scope);
    }

    private String list(List<Column> scope, int count) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SqlType type = dice.one(List.of(SqlType.values()));
            items.add(expressions.of(type, scope, 3) + " AS c" + i);
        }
        return String.join(", ", items);
    }

    private String where(List<Column> scope) {
        if (dice.chance(30)) {
            return "";
        }
        String condition = expressions.condition(scope, 2);
        if (dice.chance(25)) {
            Table other = dice.one(tables);
            condition +=
                    switch (dice.below(3)) {
                        case 0 ->
                                " OR EXISTS (SELECT FROM " + other.name() + " s WHERE s.id = a.id)";
                        case 1 -> " AND a.id IN (SELECT s.id FROM " + other.name() + " s)";
                        default ->
                                " OR a.id > (SELECT avg(s.id) FROM "
                                        + other.name()
                                        + " s WHERE s.id <> a.id)";
                    };
        }
        return " WHERE " + condition;
    }

    private static String ordinals(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(i == 1 ? "" : ", ").append(i);
        }
        return text.toString();
    }

    private String plain() {
        From from = from();
        int count = 1 + dice.below(4);
        String sql =
                "SELECT "
                        + (dice.chance(20) ? "DISTINCT " : "")
                        + list(from.scope(), count)
                        + " FROM "
                        + from.sql()
                        + where(from.scope());
        if (dice.chance(40)) {
            sql += " ORDER BY " + ordinals(count);
            if (dice.chance(60)) {
                sql +=
                        " LIMIT "
                                + dice.below(6)
                                + (dice.chance(50) ? " OFFSET " + dice.below(4) : "");
            }
        }
        return sql;
    }

    private String aggregate() {
        From from = from();
        String key =
                expressions.of(
                        dice.one(List.of(SqlType.TEXT, SqlType.BOOL, SqlType.INT)),
                        from.scope(),
                        1);
        String value = expressions.of(SqlType.NUMERIC, from.scope(), 2);
        String number = expressions.of(SqlType.INT, from.scope(), 2);
        String text = expressions.of(SqlType.TEXT, from.scope(), 1);
        String sql =
                "SELECT "
                        + key
                        + " AS k, count(*), count(DISTINCT "
                        + number
                        + "), sum("
                        + value
                        + "), "
                        + dice.one("min", "max")
                        + "("
                        + expressions.of(SqlType.TEXT, from.scope(), 2)
                        + "), "
                        + dice.one("avg", "bit_and", "bit_or", "sum", "max")
                        + "("
                        + number
                        + ")"
                        + (dice.chance(40)
                                ? " FILTER (WHERE " + expressions.condition(from.scope(), 1) + ")"
                                : "")
                        + ", array_agg("
                        + number
                        + " ORDER BY "
                        + number
                        + "), string_agg("
                        + text
                        + ", ',' ORDER BY "
                        + text
                        + "), bool_or("
                        + expressions.condition(from.scope(), 1)
                        + ") FROM "
                        + from.sql()
                        + where(from.scope())
                        + " GROUP BY "
                        + dice.one(
                                "1",
                                "1",
                                "ROLLUP (" + key + ")",
                                "GROUPING SETS ((" + key + "), ())");
        return dice.chance(30) ? sql + " HAVING count(*) > " + dice.below(3) : sql;
    }

    private String window() {
        From from = from();
        String partition =
                expressions.of(dice.one(List.of(SqlType.TEXT, SqlType.BOOL)), from.scope(), 1);
        String order = expressions.of(SqlType.INT, from.scope(), 1);
        String over = " OVER (PARTITION BY " + partition + " ORDER BY " + order;
        String frame =
                dice.one(
                        "",
                        " RANGE BETWEEN 3 PRECEDING AND 2 FOLLOWING",
                        " GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW",
                        " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP");
        return "SELECT a.id, rank()"
                + over
                + "), dense_rank()"
                + over
                + "), cume_dist()"
                + over
                + "), sum("
                + expressions.of(SqlType.NUMERIC, from.scope(), 1)
                + ")"
                + over
                + frame
                + "), count(*)"
                + over
                + frame
                + ") FROM "
                + from.sql()
                + where(from.scope());
    }

    private String setOperation() {
        From left = from();
        From right = from();
        List<SqlType> types = List.of(SqlType.INT, SqlType.TEXT, SqlType.NUMERIC);
        return select(types, left)
                + dice.one(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ", " EXCEPT ALL ")
                + select(types, right);
    }

    private String select(List<SqlType> types, From from) {
        List<String> items = new ArrayList<>();
        for (SqlType type : types) {
            items.add(expressions.of(type, from.scope(), 2));
        }
        return "SELECT " + String.join(", ", items) + " FROM " + from.sql() + where(from.scope());
    }

    private String common() {
        From inner = from();
        List<Column> scope =
                List.of(new Column("w.x", SqlType.INT), new Column("w.y", SqlType.TEXT));
        return "WITH w (x, y) AS "
                + dice.one("", "MATERIALIZED ", "NOT MATERIALIZED ")
                + "("
                + select(List.of(SqlType.INT, SqlType.TEXT), inner)
                + ") SELECT "
                + list(scope, 2)
                + ", count(*) FROM w"
                + (dice.chance(50) ? " JOIN w v ON v.x = w.x" : "")
                + " GROUP BY 1, 2";
    }

    private String recursive() {
        Table table = dice.one(tables);
        return "WITH RECURSIVE r (n, s) AS (SELECT min(id), 0::numeric FROM "
                + table.name()
                + " UNION ALL SELECT n + 1, s + coalesce((SELECT "
                + expressions.of(SqlType.NUMERIC, table.under("t"), 2)
                + " FROM "
                + table.name()
                + " t WHERE t.id = n), 0) FROM r WHERE n < "
                + (5 + dice.below(10))
                + ") SELECT count(*), max(n), sum(s) FROM r";
    }
}
