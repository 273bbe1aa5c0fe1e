package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.report.Difference;
import io.github.jdbcpglite.conformance.report.Transcript;
import io.github.jdbcpglite.conformance.server.BothSides;
import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.conformance.server.Side;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs a group of probes on two sides. Used once, by one thread. */
public final class ParityRun {
    private static final String DATABASE = "jdbc_parity";

    /** What the probes find in their database. */
    private static final String SCHEMA =
            """
            CREATE SCHEMA jp;
            CREATE TYPE jp.colour AS ENUM ('red', 'green');
            CREATE TYPE jp.pair AS (a int, b text);
            CREATE DOMAIN jp.small AS int CHECK (VALUE < 1000);
            CREATE TABLE jp.customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              name varchar(40) NOT NULL, born date, score numeric(7,2) DEFAULT 0, UNIQUE (name, born));
            CREATE TABLE jp.orders (id serial PRIMARY KEY, customer_id int NOT NULL
              REFERENCES jp.customers ON DELETE CASCADE DEFERRABLE, placed timestamptz, note text,
              amount numeric(10,3), tags text[], doc jsonb, twice numeric GENERATED ALWAYS AS (amount * 2) STORED);
            CREATE INDEX orders_note ON jp.orders (note, placed DESC);
            CREATE INDEX orders_lower ON jp.orders (lower(note)) WHERE amount > 0;
            CREATE TABLE jp.everything (i2 smallint, i4 int, i8 bigint, f4 real, f8 double precision, n numeric,
              np numeric(5,1), b bool, t text, vc varchar(9), c char(5), bp bpchar, by bytea, d date, ti time(3),
              tz timetz, ts timestamp(0), tsz timestamptz, iv interval, u uuid, j json, jb jsonb, x xml, ia int[],
              ta text[][], p point, r int4range, ip inet, m money, bits bit(3), vb bit varying(7), col jp.colour,
              pa jp.pair, sm jp.small, o oid, "Quoted Col" int);
            CREATE TABLE jp.parted (k int, v text) PARTITION BY LIST (k);
            CREATE TABLE jp.parted1 PARTITION OF jp.parted FOR VALUES IN (1);
            CREATE TABLE jp.xa (id int);
            CREATE VIEW jp.order_view AS SELECT o.id, c.name, o.amount FROM jp.orders o
              JOIN jp.customers c ON c.id = o.customer_id;
            CREATE MATERIALIZED VIEW jp.order_sums AS SELECT customer_id, sum(amount) FROM jp.orders GROUP BY 1;
            CREATE FUNCTION jp.twice(a int) RETURNS int LANGUAGE sql RETURN a * 2;
            CREATE FUNCTION jp.fails(a int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no %'', a; END';
            CREATE FUNCTION jp.day(a int) RETURNS date LANGUAGE sql RETURN date '2024-01-01' + a;
            CREATE FUNCTION jp.list(a int) RETURNS int[] LANGUAGE sql RETURN array[a, a + 1];
            CREATE FUNCTION jp.outs(a int, OUT b int, OUT c text) LANGUAGE sql AS 'SELECT a * 2, ''x'' || a';
            CREATE FUNCTION jp.cur() RETURNS refcursor LANGUAGE plpgsql AS
              'DECLARE c refcursor; BEGIN OPEN c FOR SELECT 1 AS one, ''two'' AS two; RETURN c; END';
            CREATE PROCEDURE jp.proc(a int, INOUT b int) LANGUAGE plpgsql AS 'BEGIN b := a * b; END';
            INSERT INTO jp.customers (name, born) VALUES ('Ann', '1990-05-05'), ('Bob', null);
            INSERT INTO jp.orders (customer_id, placed, note, amount, tags, doc) VALUES
              (1, '2024-02-29 10:00Z', 'first', 10.5, '{a,b}', '{"k": 1}'), (2, null, null, 0.001, null, null);
            GRANT SELECT ON jp.orders TO PUBLIC;
            COMMENT ON TABLE jp.orders IS 'what was bought';
            COMMENT ON COLUMN jp.orders.note IS 'free text';
            """;

    private final Side expected;
    private final Side actual;
    private final String group;
    private final QueryMode mode;
    private final List<Difference> differences = new ArrayList<>();
    private final List<List<String>> limits = new ArrayList<>();
    private int calls;

    /** Prepares a run of one group of probes. */
    public ParityRun(Side expected, Side actual, String group, QueryMode mode) {
        this.expected = expected;
        this.actual = actual;
        this.group = group;
        this.mode = mode;
    }

    /** Returns the names of the groups. */
    public static List<String> groups() {
        return List.of("metadata", "values", "session", "updates", "api", "xa");
    }

    /**
     * Returns which of the modes a group runs in. Metadata is asked by the driver's own queries,
     * which look alike in all modes and take long, so the last mode does unless {@code
     * conformance.full} is set.
     */
    public static List<QueryMode> modes(String group, List<QueryMode> modes) {
        return group.equals("metadata") && !Boolean.getBoolean("conformance.full")
                ? modes.subList(modes.size() - 1, modes.size())
                : modes;
    }

    private static List<Probe> probes(String group) {
        return switch (group) {
            case "metadata" -> MetaDataProbes.all();
            case "values" -> ValueProbes.all();
            case "session" -> SessionProbes.all();
            case "updates" -> UpdateProbes.all();
            case "api" -> ApiProbes.all();
            case "xa" -> XaProbes.all();
            default -> throw new IllegalArgumentException("There is no group " + group);
        };
    }

    /** Makes the calls on both sides and compares them. */
    public void compare() throws SQLException, IOException {
        Transcript transcript = new Transcript();
        prepare(expected);
        prepare(actual);
        try {
            for (Probe probe : probes(group)) {
                BothSides.Answers<Answer> answers =
                        BothSides.ask(expected, actual, side -> run(probe, side));
                Answer right = answers.expected();
                Answer given = answers.actual();
                String where = "jdbc/" + group + ":" + probe.name() + " " + mode.label();
                transcript.add(where, probe.name(), right);
                if (!right.equals(given)) {
                    differences.add(
                            new Difference(where, probe.name(), right, given, probe.limit()));
                }
                String limit = probe.limit();
                if (limit != null) {
                    limits.add(List.of("jdbc/" + group + ":" + probe.name(), limit));
                }
            }
        } finally {
            expected.dropDatabase(DATABASE);
            actual.dropDatabase(DATABASE);
        }
        transcript.write("jdbc/" + group + "-" + mode.label());
    }

    private static void prepare(Side side) throws SQLException {
        side.createDatabase(DATABASE);
        try (Connection connection = side.connect(DATABASE, QueryMode.SIMPLE);
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
    }

    private Answer run(Probe probe, Side side) throws SQLException {
        Recorder record = new Recorder();
        probe.body().run(new Target(side, DATABASE, mode), record);
        if (side == expected) {
            calls += record.calls();
        }
        return record.answer().normalised(probe.rules());
    }

    /** Returns how many calls were made on each side. */
    public int calls() {
        return calls;
    }

    /** Returns what differed. */
    public List<Difference> differences() {
        return List.copyOf(differences);
    }

    /** Returns the places of known differences with their limits. */
    public List<List<String>> limits() {
        return List.copyOf(limits);
    }
}
