package io.github.jdbcpglite.conformance.differential;

import java.util.List;

/** Makes expressions of a wanted type from the columns in reach. */
final class Expressions {
    private final Dice dice;

    Expressions(Dice dice) {
        this.dice = dice;
    }

    /** Returns a literal of the type, rarely a null. */
    String literal(SqlType type) {
        return dice.chance(10) ? "null::" + type.sql() : dice.one(type.literals());
    }

    /** Returns a literal for a stored value; numbers are small so that most sums fit. */
    String stored(SqlType type) {
        if (dice.chance(15)) {
            return "null";
        }
        return switch (type) {
            case INT, BIGINT -> Integer.toString(dice.below(200) - 100);
            case NUMERIC -> (dice.below(2000) - 1000) + "." + dice.below(100);
            case FLOAT -> Double.toString((dice.below(400) - 200) / 4.0);
            case DATE -> "date '2024-01-01' + " + dice.below(400);
            case TIMESTAMP -> "timestamp '2024-01-01' + interval '" + dice.below(99) + " hours'";
            case TEXT -> dice.one("'t" + dice.below(9) + "'", dice.one(type.literals()));
            case BOOL, JSON, ARRAY -> dice.one(type.literals());
        };
    }

    /** Returns an expression of the type, at most so deep. */
    String of(SqlType type, List<Column> scope, int depth) {
        if (depth == 0 || dice.chance(25)) {
            List<Column> fitting = scope.stream().filter(c -> c.type() == type).toList();
            return fitting.isEmpty() || dice.chance(25) ? literal(type) : dice.one(fitting).name();
        }
        if (dice.chance(12)) {
            return general(type, scope, depth - 1);
        }
        return switch (type) {
            case INT -> integer(scope, depth - 1);
            case BIGINT -> bigint(scope, depth - 1);
            case NUMERIC -> numeric(scope, depth - 1);
            case FLOAT -> floating(scope, depth - 1);
            case TEXT -> text(scope, depth - 1);
            case BOOL -> condition(scope, depth - 1);
            case DATE -> date(scope, depth - 1);
            case TIMESTAMP -> timestamp(scope, depth - 1);
            case JSON -> json(scope, depth - 1);
            case ARRAY -> array(scope, depth - 1);
        };
    }

    private String general(SqlType type, List<Column> scope, int depth) {
        String a = of(type, scope, depth);
        String b = of(type, scope, depth);
        return switch (dice.below(3)) {
            case 0 -> "coalesce(" + a + ", " + b + ")";
            case 1 -> "CASE WHEN " + condition(scope, depth) + " THEN " + a + " ELSE " + b + " END";
            default -> "nullif(" + a + ", " + b + ")";
        };
    }

    private String integer(List<Column> scope, int depth) {
        String a = of(SqlType.INT, scope, depth);
        String b = of(SqlType.INT, scope, depth);
        return switch (dice.below(10)) {
            case 0 -> "(" + a + " " + dice.one("+", "-", "*", "&", "|", "#") + " " + b + ")";
            case 1 -> "(" + a + dice.one(" / ", " % ") + "nullif(" + b + ", 0))";
            case 2 -> "length(" + of(SqlType.TEXT, scope, depth) + ")";
            case 3 -> "abs(" + a + " % 1000)";
            case 4 -> "cardinality(" + of(SqlType.ARRAY, scope, depth) + ")";
            case 5 -> "sign(" + of(SqlType.NUMERIC, scope, depth) + ")::int";
            case 6 -> "(" + of(SqlType.ARRAY, scope, depth) + ")[" + (dice.below(3) + 1) + "]";
            case 7 -> dice.one("greatest", "least") + "(" + a + ", " + b + ")";
            case 8 -> "(" + of(SqlType.JSON, scope, depth) + " ->> 'k')::int";
            default -> "(" + of(SqlType.BOOL, scope, depth) + ")::int";
        };
    }

    private String bigint(List<Column> scope, int depth) {
        return switch (dice.below(3)) {
            case 0 -> "(" + of(SqlType.INT, scope, depth) + ")::bigint";
            case 1 ->
                    "("
                            + of(SqlType.BIGINT, scope, depth)
                            + dice.one(" + ", " - ", " * ")
                            + of(SqlType.INT, scope, depth)
                            + ")";
            default -> "round(" + of(SqlType.NUMERIC, scope, depth) + ")::bigint";
        };
    }

    private String numeric(List<Column> scope, int depth) {
        String a = of(SqlType.NUMERIC, scope, depth);
        return switch (dice.below(6)) {
            case 0 ->
                    "("
                            + a
                            + dice.one(" + ", " - ", " * ")
                            + of(SqlType.NUMERIC, scope, depth)
                            + ")";
            case 1 -> "(" + a + " / nullif(" + of(SqlType.NUMERIC, scope, depth) + ", 0))";
            case 2 -> "round(" + a + ", " + dice.below(4) + ")";
            case 3 -> dice.one("trunc", "abs", "floor", "ceil") + "(" + a + ")";
            case 4 -> "(" + of(SqlType.INT, scope, depth) + ")::numeric";
            default -> "mod(" + a + ", nullif(" + of(SqlType.NUMERIC, scope, depth) + ", 0))";
        };
    }

    private String floating(List<Column> scope, int depth) {
        String a = of(SqlType.FLOAT, scope, depth);
        return switch (dice.below(4)) {
            case 0 ->
                    "(" + a + dice.one(" + ", " - ", " * ") + of(SqlType.FLOAT, scope, depth) + ")";
            case 1 -> dice.one("abs", "floor", "-") + "(" + a + ")";
            case 2 -> "(" + of(SqlType.INT, scope, depth) + ")::float8";
            default -> "sqrt(abs(" + a + "))";
        };
    }

    private String text(List<Column> scope, int depth) {
        String a = of(SqlType.TEXT, scope, depth);
        return switch (dice.below(9)) {
            case 0 -> "(" + a + " || " + of(SqlType.TEXT, scope, depth) + ")";
            case 1 ->
                    dice.one("upper", "lower", "reverse", "initcap", "trim", "md5") + "(" + a + ")";
            case 2 -> "substr(" + a + ", " + dice.below(3) + ", " + dice.below(5) + ")";
            case 3 -> "(" + of(dice.one(List.of(SqlType.values())), scope, depth) + ")::text";
            case 4 -> "replace(" + a + ", 'a', " + of(SqlType.TEXT, scope, depth) + ")";
            case 5 -> dice.one("lpad", "rpad") + "(" + a + ", " + dice.below(8) + ", '*')";
            case 6 -> "(" + of(SqlType.JSON, scope, depth) + " ->> " + dice.one("'a'", "0") + ")";
            case 7 -> "regexp_replace(" + a + ", '[a-c]+', '<\\&>', 'g')";
            default -> "to_char(" + of(SqlType.DATE, scope, depth) + ", 'YYYY-MM-DD Dy')";
        };
    }

    /** Returns a condition. */
    String condition(List<Column> scope, int depth) {
        if (depth <= 0) {
            SqlType type = dice.one(List.of(SqlType.INT, SqlType.TEXT, SqlType.NUMERIC));
            return "(" + of(type, scope, 0) + dice.one(" < ", " = ", " >= ") + literal(type) + ")";
        }
        SqlType type = dice.one(List.of(SqlType.values()));
        String a = of(type, scope, depth - 1);
        String b = of(type, scope, depth - 1);
        return switch (dice.below(10)) {
            case 0 ->
                    "(" + condition(scope, depth - 1) + " AND " + condition(scope, depth - 1) + ")";
            case 1 ->
                    "(" + condition(scope, depth - 1) + " OR " + condition(scope, depth - 1) + ")";
            case 2 -> "(NOT " + condition(scope, depth - 1) + ")";
            case 3 -> "(" + a + dice.one(" IS NULL", " IS NOT NULL") + ")";
            case 4 -> "(" + a + " IN (" + b + ", " + literal(type) + "))";
            case 5 ->
                    "("
                            + of(SqlType.TEXT, scope, depth - 1)
                            + dice.one(" LIKE", " ILIKE")
                            + " '%a_%')";
            case 6 -> "(" + a + " IS" + dice.one("", " NOT") + " DISTINCT FROM " + b + ")";
            case 7 ->
                    "("
                            + of(SqlType.ARRAY, scope, depth - 1)
                            + dice.one(" @> '{1}'", " && '{2,7}'")
                            + ")";
            case 8 -> "(" + a + " BETWEEN " + b + " AND " + literal(type) + ")";
            default -> "(" + a + dice.one(" = ", " <> ", " < ", " <= ", " > ", " >= ") + b + ")";
        };
    }

    private String date(List<Column> scope, int depth) {
        return switch (dice.below(3)) {
            case 0 -> "(" + of(SqlType.DATE, scope, depth) + " + " + dice.below(60) + ")";
            case 1 -> "(" + of(SqlType.TIMESTAMP, scope, depth) + ")::date";
            default ->
                    dice.one("greatest", "least")
                            + "("
                            + of(SqlType.DATE, scope, depth)
                            + ", date '2024-06-01')";
        };
    }

    private String timestamp(List<Column> scope, int depth) {
        return switch (dice.below(3)) {
            case 0 -> "(" + of(SqlType.DATE, scope, depth) + ")::timestamp";
            case 1 -> "(" + of(SqlType.TIMESTAMP, scope, depth) + " + interval '1 month -3 days')";
            default ->
                    "date_trunc('"
                            + dice.one("month", "hour", "week", "quarter")
                            + "', "
                            + of(SqlType.TIMESTAMP, scope, depth)
                            + ")";
        };
    }

    private String json(List<Column> scope, int depth) {
        String a = of(SqlType.JSON, scope, depth);
        return switch (dice.below(5)) {
            case 0 -> "(" + a + " || " + of(SqlType.JSON, scope, depth) + ")";
            case 1 -> "to_jsonb(" + of(dice.one(List.of(SqlType.values())), scope, depth) + ")";
            case 2 ->
                    "jsonb_build_object('k', "
                            + of(SqlType.INT, scope, depth)
                            + ", 'a', "
                            + a
                            + ")";
            case 3 -> "(" + a + " #> '{a,0}')";
            default -> "jsonb_path_query_array(" + a + ", '$.a[*]')";
        };
    }

    private String array(List<Column> scope, int depth) {
        String a = of(SqlType.ARRAY, scope, depth);
        return switch (dice.below(4)) {
            case 0 -> "(" + a + " || " + of(SqlType.INT, scope, depth) + ")";
            case 1 ->
                    "array["
                            + of(SqlType.INT, scope, depth)
                            + ", "
                            + of(SqlType.INT, scope, depth)
                            + "]";
            case 2 -> "array_remove(" + a + ", " + of(SqlType.INT, scope, depth) + ")";
            default -> "(" + a + " || " + of(SqlType.ARRAY, scope, depth) + ")";
        };
    }
}
