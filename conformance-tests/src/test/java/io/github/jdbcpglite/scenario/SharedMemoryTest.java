package io.github.jdbcpglite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * Dynamic shared memory beyond what is set aside at the start, which is nothing here: statistics of
 * many objects are kept in segments that each session maps.
 */
class SharedMemoryTest extends AbstractScenarioTest {
    private static final int TABLES = 4000;
    private static final String SEGMENTS =
            "select count(*) from pg_ls_dir('/dev/shm') s where s like 'PostgreSQL.%'";

    @Override
    String options() {
        return "&pglite.postgres.min_dynamic_shared_memory=0";
    }

    @Test
    void statisticsOfManyTablesAreTheSameInEverySession() throws SQLException {
        String counted =
                "select count(*), sum(n_tup_ins) from pg_stat_user_tables where relname like 't%'";
        int before = Integer.parseInt(observer().value(SEGMENTS));
        Session writer = session();
        createAndCount(writer, 0, TABLES / 2);
        assertThat(observer().value(counted)).isEqualTo(TABLES / 2 + "," + TABLES / 2);

        Session other = session();
        createAndCount(other, TABLES / 2, TABLES);
        String all = TABLES + "," + TABLES;
        assertThat(observer().value(counted)).isEqualTo(all);
        assertThat(writer.value(counted)).isEqualTo(all);
        assertThat(session().value(counted)).as("a session that came later").isEqualTo(all);
        assertThat(Integer.parseInt(observer().value(SEGMENTS)))
                .as("segments, or nothing was tested")
                .isGreaterThan(before);
    }

    private static void createAndCount(Session session, int from, int to) throws SQLException {
        session.run(
                "do $$ begin for i in "
                        + from
                        + ".."
                        + (to - 1)
                        + " loop execute format('create table t%s(x int); insert into t%s values"
                        + " (1)', i, i); if i % 100 = 0 then commit; end if; end loop; perform"
                        + " pg_stat_force_next_flush(); end $$");
        session.run("select 1");
    }
}
