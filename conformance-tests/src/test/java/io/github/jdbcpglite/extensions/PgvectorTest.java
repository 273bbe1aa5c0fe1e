package io.github.jdbcpglite.extensions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.pgvector.PGbit;
import com.pgvector.PGhalfvec;
import com.pgvector.PGsparsevec;
import com.pgvector.PGvector;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/** pgvector on 10,000 vectors, compared with the same search in Java. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PgvectorTest {
    private static final int COUNT = 10_000;
    private static final int DIMENSIONS = 24;
    private static final int NEAREST = 10;
    private static final int QUERIES = 15;

    private static final String URL =
            "jdbc:pglite:memory:vectors-" + UUID.randomUUID() + "?pglite.close=last";

    private static final long SEED = System.nanoTime();
    private static final float[][] VECTORS = clusters(new Random(SEED), COUNT);
    private static Db db;

    @BeforeAll
    static void load() throws SQLException, IOException {
        db = Db.open(URL);
        db.run("create extension vector; create table items (id int primary key, v vector(24))");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < COUNT; i++) {
            rows.append(i).append('\t').append(new PGvector(VECTORS[i]).getValue()).append('\n');
        }
        long copied =
                db.connection()
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy items from stdin", new StringReader(rows.toString()));
        assertThat(copied).isEqualTo(COUNT);
        PGvector.registerTypes(db.connection());
    }

    @AfterAll
    static void close() throws SQLException {
        db.close();
    }

    /** Vectors around a hundred centres, as real embeddings lie. */
    private static float[][] clusters(Random random, int count) {
        float[][] centres = new float[100][DIMENSIONS];
        for (float[] centre : centres) {
            for (int d = 0; d < DIMENSIONS; d++) {
                centre[d] = (float) random.nextGaussian();
            }
        }
        float[][] vectors = new float[count][DIMENSIONS];
        for (float[] vector : vectors) {
            float[] centre = centres[random.nextInt(centres.length)];
            for (int d = 0; d < DIMENSIONS; d++) {
                vector[d] = centre[d] + 0.4f * (float) random.nextGaussian();
            }
        }
        return vectors;
    }

    private static double l2(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    private static double l1(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((double) a[i] - b[i]);
        }
        return sum;
    }

    private static double negativeInnerProduct(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum -= (double) a[i] * b[i];
        }
        return sum;
    }

    private static double cosine(float[] a, float[] b) {
        double product = negativeInnerProduct(a, a) * negativeInnerProduct(b, b);
        return 1 + negativeInnerProduct(a, b) / Math.sqrt(product);
    }

    private static List<float[]> queries() {
        Random random = new Random(SEED + 1);
        return IntStream.range(0, QUERIES)
                .mapToObj(
                        i -> {
                            float[] query = VECTORS[random.nextInt(COUNT)].clone();
                            query[i % DIMENSIONS] += 0.25f;
                            return query;
                        })
                .toList();
    }

    private static List<Integer> nearest(String operator, float[] query, List<Double> distances)
            throws SQLException {
        List<Integer> ids = new ArrayList<>();
        try (PreparedStatement statement =
                db.connection()
                        .prepareStatement(
                                "select id, v "
                                        + operator
                                        + " ? from items order by v "
                                        + operator
                                        + " ? limit "
                                        + NEAREST)) {
            statement.setObject(1, new PGvector(query));
            statement.setObject(2, new PGvector(query));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getInt(1));
                    distances.add(rows.getDouble(2));
                }
            }
        }
        return ids;
    }

    private static List<Integer> expected(
            float[] query, ToDoubleBiFunction<float[], float[]> distance) {
        return IntStream.range(0, COUNT)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distance.applyAsDouble(VECTORS[i], query)))
                .limit(NEAREST)
                .toList();
    }

    private static void exact(String operator, ToDoubleBiFunction<float[], float[]> distance)
            throws SQLException {
        for (float[] query : queries()) {
            List<Double> distances = new ArrayList<>();
            List<Integer> ids = nearest(operator, query, distances);
            List<Integer> wanted = expected(query, distance);
            for (int i = 0; i < NEAREST; i++) {
                // Equal up to the precision of float, in which pgvector adds.
                double right = distance.applyAsDouble(VECTORS[wanted.get(i)], query);
                assertThat(distances.get(i))
                        .as("seed %d", SEED)
                        .isCloseTo(right, within(1e-4 * Math.max(1, Math.abs(right))));
                assertThat(distance.applyAsDouble(VECTORS[ids.get(i)], query))
                        .as("seed %d", SEED)
                        .isCloseTo(right, within(1e-4 * Math.max(1, Math.abs(right))));
            }
        }
    }

    @Test
    void exactSearchFindsWhatJavaFinds() throws SQLException {
        db.run("begin; set local enable_indexscan = off");
        exact("<->", PgvectorTest::l2);
        exact("<+>", PgvectorTest::l1);
        exact("<#>", PgvectorTest::negativeInnerProduct);
        exact("<=>", PgvectorTest::cosine);
        db.run("commit");
    }

    @Test
    void hnswFindsNearlyAll() throws SQLException {
        db.run(
                "create index on items using hnsw (v vector_l2_ops) with (m = 12,"
                        + " ef_construction = 40)");
        assertThat(recall("set local hnsw.ef_search = 60")).as("seed %d", SEED).isGreaterThan(0.9);
        db.run("drop index items_v_idx");
    }

    @Test
    void ivfflatFindsNearlyAll() throws SQLException {
        db.run("create index on items using ivfflat (v vector_l2_ops) with (lists = 50)");
        assertThat(recall("set local ivfflat.probes = 15")).as("seed %d", SEED).isGreaterThan(0.8);
        db.run("drop index items_v_idx");
    }

    private static double recall(String setting) throws SQLException {
        db.run("begin; set local enable_seqscan = off; " + setting);
        assertThat(
                        String.join(
                                "\n",
                                db.rows(
                                        "explain select id from items order by v <-> '"
                                                + new PGvector(VECTORS[0]).getValue()
                                                + "' limit 10")))
                .contains("Index Scan using items_v_idx");
        int found = 0;
        for (float[] query : queries()) {
            Set<Integer> wanted = new HashSet<>(expected(query, PgvectorTest::l2));
            wanted.retainAll(nearest("<->", query, new ArrayList<>()));
            found += wanted.size();
        }
        db.run("commit");
        return found / (double) (NEAREST * QUERIES);
    }

    @Test
    void aJavaTypeComesBackAsItWent() throws SQLException {
        Connection connection = db.connection();
        float[] values = {1.5f, -2.25f, 1e-10f};
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select ?::vector, ?::halfvec, ?::sparsevec, ?::bit(3)")) {
            // With binary transfer too, which begins at the fifth execution.
            for (int i = 0; i < 8; i++) {
                statement.setObject(1, new PGvector(values));
                statement.setObject(2, new PGhalfvec(new float[] {1, 0.5f}));
                statement.setObject(3, new PGsparsevec(new float[] {0, 3, 0}));
                statement.setObject(4, new PGbit(new boolean[] {true, false, true}));
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(((PGvector) rows.getObject(1)).toArray()).containsExactly(values);
                    assertThat(((PGhalfvec) rows.getObject(2)).toArray()).containsExactly(1f, 0.5f);
                    assertThat(((PGsparsevec) rows.getObject(3)).toArray())
                            .containsExactly(0f, 3f, 0f);
                    assertThat(rows.getString(4)).isEqualTo("101");
                }
            }
        }
    }

    @Test
    void functionsAndOtherTypes() throws SQLException {
        assertThat(
                        db.rows(
                                "select '[1,2,3]'::vector + '[4,5,6]', '[1,2]'::vector * '[3,4]',"
                                    + " l2_normalize('[3,4]'::vector),"
                                    + " vector_dims('[1,2,3]'::vector),"
                                    + " subvector('[1,2,3,4]'::vector, 2, 2),"
                                    + " binary_quantize('[1,-1,0.5]'::vector), '[1,2]'::vector ||"
                                    + " '[3]', '{1:1,3:2}/4'::sparsevec <-> '{1:2}/4',"
                                    + " '101'::bit(3) <~> '011', '[1,2]'::halfvec <=> '[2,4]'"))
                .containsExactly(
                        "[5,7,9]|[3,8]|[0.6,0.8]|3|[2,3]|101|[1,2,3]|2.23606797749979|2|0");
        assertThat(db.rows("select avg(v), sum(v) from (values ('[1,2]'::vector), ('[3,4]')) t(v)"))
                .containsExactly("[2,3]|[4,6]");
        assertThatThrownBy(() -> db.run("insert into items values (-1, '[1,2]')"))
                .hasMessageContaining("expected 24 dimensions, not 2");
        assertThatThrownBy(() -> db.run("select '[1,x]'::vector"))
                .hasMessageContaining("invalid input syntax for type vector");
    }
}
