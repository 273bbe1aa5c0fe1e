package io.github.jdbcpglite.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every extension creates and drops, in any backend and in any order. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AllExtensionsTest {
    private static final List<String> EXTENSIONS = Bundles.extensions();

    private static final List<String> LIBRARIES =
            words(
                    """
                    auto_explain passwordcheck pg_overexplain _int vector pgcrypto age hstore
                    plpgsql dict_snowball pg_ivm btree_gist
                    """);

    /** pg_textsearch insists on being preloaded. */
    private static final String URL =
            "jdbc:pglite:memory:all-"
                    + UUID.randomUUID()
                    + "/%s"
                    + "?pglite.close=last&pglite.postgres.shared_preload_libraries=pg_textsearch";

    private static Db keeper;

    @BeforeAll
    static void openCluster() throws SQLException {
        keeper = Db.open(url("postgres"));
    }

    @AfterAll
    static void closeCluster() throws SQLException {
        keeper.close();
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }

    private static String url(String database) {
        return URL.replace("%s", database);
    }

    @Test
    void theyAreAvailable() throws SQLException {
        assertThat(keeper.rows("select name from pg_available_extensions"))
                .containsExactlyInAnyOrderElementsOf(EXTENSIONS);
    }

    @TestFactory
    Stream<DynamicTest> eachCreatesAndDrops() {
        return EXTENSIONS.stream()
                .filter(name -> !name.equals("plpgsql"))
                .map(name -> DynamicTest.dynamicTest(name, () -> createAndDrop(name)));
    }

    private static void createAndDrop(String name) throws SQLException {
        try (Db db = Db.open(url("postgres"))) {
            List<String> before = db.rows("select extname from pg_extension order by 1");
            db.run("create extension \"" + name + "\" cascade");
            assertThat(
                            db.value(
                                    "select extversion = default_version from pg_extension join"
                                        + " pg_available_extensions on extname = name where name ="
                                        + " '"
                                            + name
                                            + "'"))
                    .isEqualTo("t");
            db.run("drop extension \"" + name + "\" cascade");
            db.run("drop extension if exists cube cascade");
            assertThat(db.rows("select extname from pg_extension order by 1")).isEqualTo(before);
        }
    }

    @Test
    void backendsCreateThemInOrdersOfTheirOwn() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Db> sessions = new ArrayList<>();
        try {
            List<List<String>> orders = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                keeper.run("create database shuffled" + i);
                sessions.add(Db.open(url("shuffled" + i)));
                List<String> order = new ArrayList<>(EXTENSIONS);
                order.remove("plpgsql");
                Collections.shuffle(order, random);
                orders.add(order);
            }
            for (int i = 0; i < orders.get(0).size(); i++) {
                for (int s = 0; s < sessions.size(); s++) {
                    String name = orders.get(s).get(i);
                    sessions.get(s).run("create extension if not exists \"" + name + "\" cascade");
                }
            }
            for (Db session : sessions) {
                assertThat(session.rows("select extname from pg_extension"))
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(EXTENSIONS);
                assertThat(answers(session)).as("seed %d", seed).isEqualTo(ANSWERS);
            }
        } catch (SQLException e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            for (int i = 0; i < sessions.size(); i++) {
                sessions.get(i).close();
                keeper.run("drop database shuffled" + i + " with (force)");
            }
        }
    }

    private static final List<String> ANSWERS =
            List.of(
                    "900150983cd24fb0d6963f7d28e17f72",
                    "\"a\"=>\"1\", \"b\"=>\"2\"",
                    "5",
                    "{1,2,3}",
                    "0.36363637",
                    "(1, 1),(2, 2)");

    private static List<String> answers(Db db) throws SQLException {
        List<String> answers = new ArrayList<>();
        for (String expression :
                List.of(
                        "encode(digest('abc', 'md5'), 'hex')",
                        "'a=>1'::hstore || 'b=>2'",
                        "'[0,0]'::vector <-> '[3,4]'",
                        "sort('{3,1,2}'::int[])",
                        "similarity('word', 'two words')",
                        "cube_union('(1,1)', '(2,2)')")) {
            answers.add(db.value("select " + expression));
        }
        return answers;
    }

    @Test
    void librariesLoadInAnyOrderAndMoreThanOnce() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 4; round++) {
            List<String> order = new ArrayList<>(LIBRARIES);
            order.addAll(LIBRARIES);
            Collections.shuffle(order, random);
            try (Db db = Db.open(url("postgres"))) {
                for (String library : order) {
                    db.run("load '" + library + "'");
                }
                db.run("do $$ begin perform 1 / 0; exception when others then null; end $$");
            } catch (SQLException e) {
                throw new AssertionError("seed " + seed + ", order " + order, e);
            }
        }
    }
}
