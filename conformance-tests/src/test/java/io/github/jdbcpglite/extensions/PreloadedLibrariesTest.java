package io.github.jdbcpglite.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Libraries loaded before the backends fork from them: hooks and shared memory in each backend. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PreloadedLibrariesTest {
    private final String url =
            "jdbc:pglite:memory:preload-"
                    + UUID.randomUUID()
                    + "?pglite.close=last&pglite.postgres.shared_preload_libraries="
                    + "pg_stat_statements,auto_explain,pg_textsearch,plpgsql"
                    + "&pglite.postgres.pg_stat_statements.track_utility=off";

    private final List<Db> sessions = new ArrayList<>();

    @BeforeEach
    void open() throws SQLException {
        for (int i = 0; i < 3; i++) {
            sessions.add(Db.open(url));
        }
    }

    @AfterEach
    void close() throws SQLException {
        for (Db session : sessions) {
            session.close();
        }
    }

    @Test
    void theyAreThere() throws SQLException {
        assertThat(sessions.get(0).value("show shared_preload_libraries"))
                .isEqualTo("pg_stat_statements,auto_explain,pg_textsearch,plpgsql");
    }

    @Test
    void everyBackendsStatementsAreCounted() throws SQLException {
        sessions.get(0).run("create extension pg_stat_statements");
        for (int i = 0; i < sessions.size(); i++) {
            for (int n = 0; n <= i; n++) {
                sessions.get(i).run("select count(*) from pg_class where oid > " + n);
            }
        }
        try (Db late = Db.open(url)) {
            late.run("select count(*) from pg_class where oid > 77");
            assertThat(
                            late.rows(
                                    "select calls, rows from pg_stat_statements where query ="
                                            + " 'select count(*) from pg_class where oid > $1'"))
                    .containsExactly("7|7");
            late.run("select pg_stat_statements_reset()");
        }
        assertThat(
                        sessions.get(1)
                                .value(
                                        "select count(*) from pg_stat_statements where query like"
                                                + " '%pg_class%'"))
                .isEqualTo("0");
    }

    @Test
    void aHookActsInEachBackendBySettingsOfItsOwn() throws SQLException {
        for (Db session : sessions) {
            session.run(
                    "set auto_explain.log_level = notice; set auto_explain.log_min_duration = -1");
        }
        sessions.get(1).run("set auto_explain.log_min_duration = 0");
        List<Boolean> explained = new ArrayList<>();
        for (Db session : sessions) {
            try (Statement statement = session.connection().createStatement()) {
                statement.execute("select count(*) from pg_class");
                SQLWarning warning = statement.getWarnings();
                explained.add(
                        warning != null
                                && String.valueOf(warning.getMessage()).contains("Aggregate"));
            }
        }
        assertThat(explained).containsExactly(false, true, false);
    }

    @Test
    void theyStandBesideLibrariesLoadedLater() throws SQLException {
        sessions.get(2).run("create extension hstore");
        sessions.get(0).run("create extension pg_textsearch; create extension vector");
        for (Db session : sessions) {
            assertThat(session.value("select 'a=>1'::hstore -> 'a', '[3,4]'::vector <-> '[0,0]'"))
                    .isEqualTo("1|5");
            session.run("do $$ begin perform 1 / 0; exception when others then null; end $$");
        }
    }

    @Test
    void oneThatIsNotThereFailsTheStartByName() {
        assertThat(
                        RestrictedExtensionsTest.failure(
                                        "jdbc:pglite:temp:?pglite.extensions=none"
                                                + "&pglite.postgres.shared_preload_libraries="
                                                + "auto_explain")
                                .getMessage())
                .contains("shared_preload_libraries names auto_explain")
                .contains("pglite.extensions");
        assertThat(
                        RestrictedExtensionsTest.failure(
                                        "jdbc:pglite:temp:?pglite.postgres"
                                                + ".shared_preload_libraries=nosuch")
                                .getMessage())
                .contains("could not access file \"nosuch\"");
    }
}
