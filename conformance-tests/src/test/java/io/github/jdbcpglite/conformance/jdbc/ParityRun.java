package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.conformance.answer.Answer;
import io.github.jdbcpglite.conformance.report.Difference;
import io.github.jdbcpglite.conformance.report.Transcript;
import io.github.jdbcpglite.conformance.server.BothSides;
import io.github.jdbcpglite.conformance.server.QueryMode;
import io.github.jdbcpglite.conformance.server.Side;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs a group of probes on two sides. Used once, by one thread. */
public final class ParityRun {
    private static final String DATABASE = "jdbc_parity";

    /** The resource with what the probes find in their database. */
    private static final String SCHEMA = "/jdbc-parity.sql";

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

    private static void prepare(Side side) throws SQLException, IOException {
        String schema;
        try (InputStream in = ParityRun.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IOException(SCHEMA + " is not on the class path");
            }
            schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        side.createDatabase(DATABASE);
        try (Connection connection = side.connect(DATABASE, QueryMode.SIMPLE);
                Statement statement = connection.createStatement()) {
            statement.execute(schema);
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
