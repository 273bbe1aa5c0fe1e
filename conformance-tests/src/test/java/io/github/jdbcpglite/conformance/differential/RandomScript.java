package io.github.jdbcpglite.conformance.differential;

import io.github.jdbcpglite.conformance.differential.Queries.Table;
import java.util.ArrayList;
import java.util.List;

/** Makes the script of a seed. Used once. */
public final class RandomScript {
    private static final int STATEMENTS = 45;

    private final Dice dice;
    private final Expressions expressions;
    private final List<Table> tables = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private boolean inTransaction;
    private int savepoints;

    private RandomScript(long seed) {
        dice = new Dice(seed);
        expressions = new Expressions(dice);
    }

    /** Returns the statements of a seed; they expect an empty schema first in the search path. */
    public static List<String> of(long seed) {
        RandomScript script = new RandomScript(seed);
        script.schema();
        Queries queries = new Queries(script.dice, script.expressions, script.tables);
        while (script.statements.size() < STATEMENTS) {
            script.next(queries);
        }
        if (script.inTransaction) {
            script.statements.add("COMMIT");
        }
        for (Table table : script.tables) {
            script.statements.add("SELECT * FROM " + table.name());
        }
        return List.copyOf(script.statements);
    }

    private void schema() {
        int count = 2 + dice.below(2);
        for (int i = 0; i < count; i++) {
            List<Column> columns = new ArrayList<>();
            columns.add(new Column("id", SqlType.INT));
            StringBuilder sql = new StringBuilder("CREATE TABLE t" + i + " (id int PRIMARY KEY");
            int width = 2 + dice.below(6);
            for (int c = 0; c < width; c++) {
                SqlType type = dice.one(List.of(SqlType.values()));
                columns.add(new Column("c" + c, type));
                sql.append(", c").append(c).append(' ').append(type.sql());
                if (dice.chance(15)) {
                    sql.append(" DEFAULT ").append(dice.one(type.literals()));
                } else if (dice.chance(8)) {
                    sql.append(" CHECK (c").append(c).append(" IS NULL OR id >= 0)");
                }
            }
            statements.add(sql.append(')').toString());
            tables.add(new Table("t" + i, columns));
            insert(tables.get(i), 8 + dice.below(20));
        }
    }

    private void insert(Table table, int rows) {
        List<String> values = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(r)));
            for (Column column : table.columns().subList(1, table.columns().size())) {
                row.add(expressions.stored(column.type()));
            }
            values.add("(" + String.join(", ", row) + ")");
        }
        statements.add("INSERT INTO " + table.name() + " VALUES " + String.join(", ", values));
    }

    private void next(Queries queries) {
        int kind = dice.below(100);
        if (kind < 60) {
            statements.add(queries.any());
        } else if (kind < 82) {
            statements.add(change());
        } else if (kind < 92) {
            transaction();
        } else {
            statements.add(definition());
        }
    }

    private void transaction() {
        if (!inTransaction) {
            statements.add(
                    "BEGIN"
                            + dice.one(
                                    "",
                                    " ISOLATION LEVEL REPEATABLE READ",
                                    " ISOLATION LEVEL SERIALIZABLE"));
            inTransaction = true;
            savepoints = 0;
        } else if (dice.chance(45)) {
            statements.add("SAVEPOINT s" + savepoints++);
        } else if (savepoints > 0 && dice.chance(50)) {
            savepoints--;
            statements.add(dice.one("ROLLBACK TO s", "RELEASE s") + savepoints);
        } else {
            statements.add(dice.one("COMMIT", "ROLLBACK"));
            inTransaction = false;
        }
    }

    private String change() {
        Table table = dice.one(tables);
        Column column = dice.one(table.columns().subList(1, table.columns().size()));
        List<Column> scope = table.columns();
        String value = expressions.of(column.type(), scope, 2);
        String returning = dice.chance(50) ? " RETURNING *" : "";
        return switch (dice.below(7)) {
            case 0 ->
                    "DELETE FROM "
                            + table.name()
                            + " WHERE id % 5 = 3 AND "
                            + expressions.condition(scope, 2)
                            + returning;
            case 1 -> insertOne(table, column, returning);
            case 2 ->
                    "INSERT INTO "
                            + table.name()
                            + " (id, "
                            + column.name()
                            + ") SELECT id + 100, "
                            + value
                            + " FROM "
                            + table.name()
                            + " WHERE id < 4 ON CONFLICT (id) DO NOTHING"
                            + returning;
            case 3 ->
                    "UPDATE "
                            + table.name()
                            + " SET "
                            + column.name()
                            + " = o."
                            + column.name()
                            + " FROM "
                            + table.name()
                            + " o WHERE o.id = "
                            + table.name()
                            + ".id + 1"
                            + (returning.isEmpty()
                                    ? ""
                                    : " RETURNING " + table.name() + ".id, o.id");
            case 4 ->
                    "MERGE INTO "
                            + table.name()
                            + " USING (VALUES (1), (3), (77)) s(i) ON id = s.i WHEN MATCHED AND "
                            + expressions.condition(scope, 1)
                            + " THEN UPDATE SET "
                            + column.name()
                            + " = "
                            + value
                            + " WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT (id)"
                            + " VALUES (s.i)"
                            + (returning.isEmpty() ? "" : " RETURNING merge_action(), id");
            default ->
                    "UPDATE "
                            + table.name()
                            + " SET "
                            + column.name()
                            + " = "
                            + value
                            + " WHERE "
                            + expressions.condition(scope, 2)
                            + (returning.isEmpty()
                                    ? ""
                                    : " RETURNING id, old."
                                            + column.name()
                                            + ", new."
                                            + column.name());
        };
    }

    private String insertOne(Table table, Column column, String returning) {
        return "INSERT INTO "
                + table.name()
                + " (id, "
                + column.name()
                + ") VALUES ("
                + dice.below(40)
                + ", "
                + expressions.stored(column.type())
                + ")"
                + dice.one(
                        "",
                        " ON CONFLICT DO NOTHING",
                        " ON CONFLICT (id) DO UPDATE SET "
                                + column.name()
                                + " = excluded."
                                + column.name())
                + returning;
    }

    private String definition() {
        Table table = dice.one(tables);
        Column column = dice.one(table.columns());
        return switch (dice.below(5)) {
            case 0 -> "ANALYZE " + table.name();
            case 1 -> "CREATE INDEX ON " + table.name() + " (" + column.name() + ")";
            case 2 -> "CREATE INDEX ON " + table.name() + " USING hash (" + column.name() + ")";
            case 3 -> "CREATE UNIQUE INDEX ON " + table.name() + " (" + column.name() + ", id)";
            default ->
                    "SET enable_"
                            + dice.one(
                                    "seqscan",
                                    "hashjoin",
                                    "mergejoin",
                                    "nestloop",
                                    "hashagg",
                                    "sort")
                            + " = "
                            + dice.one("on", "off");
        };
    }
}
