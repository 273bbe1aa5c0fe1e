package io.github.jdbcpglite.extensions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the extensions that no PostgreSQL server brings along are for. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FurtherExtensionsTest {
    private final String url =
            "jdbc:pglite:memory:further-"
                    + UUID.randomUUID()
                    + "?pglite.close=last&pglite.postgres.shared_preload_libraries=pg_textsearch";

    private Db db;
    private Db other;

    @BeforeEach
    void open() throws SQLException {
        db = Db.open(url);
        other = Db.open(url);
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        db.close();
    }

    @Test
    void ageAnswersOpenCypher() throws SQLException {
        db.run("create extension age");
        for (Db each : List.of(db, other)) {
            each.run("load 'age'; set search_path = ag_catalog, public");
        }
        db.run("select create_graph('people')");
        db.run(
                "select * from cypher('people', $$ create (:Person {name: 'Ada', born: 1815})"
                        + "-[:KNOWS {since: 1833}]->(:Person {name: 'Charles', born: 1791}) $$)"
                        + " as (v agtype)");
        assertThat(
                        other.rows(
                                "select * from cypher('people', $$ match (a)-[k:KNOWS]->(b) where"
                                        + " a.born > 1800 return a.name, k.since, b.name $$) as (a"
                                        + " agtype, s agtype, b agtype)"))
                .containsExactly("\"Ada\"|1833|\"Charles\"");
        assertThat(
                        other.rows(
                                "select * from cypher('people', $$ match p = (:Person)-[*1..2]->()"
                                        + " return length(p), [x in nodes(p) | x.name] $$) as (l"
                                        + " agtype, n agtype)"))
                .containsExactly("1|[\"Ada\", \"Charles\"]");
        assertThatThrownBy(
                        () ->
                                db.run(
                                        "select * from cypher('people', $$ match (n return n $$) as"
                                                + " (n agtype)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("syntax error");
        db.run("select drop_graph('people', true); drop extension age cascade");
    }

    @Test
    void pgHashidsTurnsNumbersIntoWordsAndBack() throws SQLException {
        db.run("create extension pg_hashids");
        // The first is the example that every implementation of Hashids gives.
        assertThat(
                        db.rows(
                                "select id_encode(array[1,2,3], 'this is my salt'),"
                                        + " id_decode('laHquq', 'this is my salt'),"
                                        + " id_decode_once(id_encode(1001)), length(id_encode(7,"
                                        + " 'salt', 12)), id_encode(1, 'a') <> id_encode(1, 'b')"))
                .containsExactly("laHquq|{1,2,3}|1001|12|t");
        db.run("drop extension pg_hashids");
    }

    @Test
    void pgIvmKeepsAViewCurrent() throws SQLException {
        db.run("create extension pg_ivm; create table sales (region text, amount int)");
        db.run("insert into sales values ('north', 10), ('south', 5)");
        db.run(
                "select pgivm.create_immv('totals', 'select region, sum(amount) as total, count(*)"
                        + " from sales group by region')");
        other.run("insert into sales values ('north', 7), ('east', 1)");
        assertThat(db.rows("select region, total from totals order by region"))
                .containsExactly("east|1", "north|17", "south|5");
        other.run("delete from sales where region = 'east'; update sales set amount = amount + 1");
        assertThat(db.rows("select region, total, count from totals order by region"))
                .containsExactly("north|19|2", "south|6|1");
        other.run("begin; insert into sales values ('west', 9)");
        assertThat(other.value("select total from totals where region = 'west'")).isEqualTo("9");
        other.run("rollback");
        assertThat(db.rows("select total from totals where region = 'west'")).isEmpty();
        assertThatThrownBy(() -> db.run("update totals set total = 0"))
                .hasMessageContaining("cannot change materialized view");
        db.run("drop table totals; drop extension pg_ivm cascade");
    }

    @Test
    void pgUuidv7CarriesTheTime() throws SQLException {
        db.run("create extension pg_uuidv7");
        assertThat(
                        db.rows(
                                "select uuid_timestamptz_to_v7('2024-02-29 12:00:00.123+00', true),"
                                        + " uuid_v7_to_timestamptz(uuid_timestamptz_to_v7("
                                        + "'2024-02-29 12:00:00.123+00')) = '2024-02-29"
                                        + " 12:00:00.123+00', substr(uuid_generate_v7()::text, 15,"
                                        + " 1), abs(extract(epoch from now() -"
                                        + " uuid_v7_to_timestamptz(uuid_generate_v7()))) < 60"))
                .containsExactly("018df4bc-567b-7000-8000-000000000000|t|7|t");
        db.run("drop extension pg_uuidv7");
    }

    @Test
    void pgmqHandsMessagesOver() throws SQLException {
        db.run("create extension pgmq; select pgmq.create('jobs')");
        assertThat(db.value("select pgmq.send('jobs', '{\"n\": 1}')")).isEqualTo("1");
        db.run("select pgmq.send_batch('jobs', array['{\"n\": 2}', '{\"n\": 3}']::jsonb[])");
        assertThat(other.rows("select msg_id, message from pgmq.read('jobs', 60, 2)"))
                .containsExactly("1|{\"n\": 1}", "2|{\"n\": 2}");
        assertThat(db.rows("select msg_id from pgmq.read('jobs', 60, 5)")).containsExactly("3");
        assertThat(db.value("select pgmq.archive('jobs', 1), pgmq.delete('jobs', 2)"))
                .isEqualTo("t|t");
        db.run("select pgmq.set_vt('jobs', 3, 0)");
        assertThat(db.value("select message from pgmq.pop('jobs')")).isEqualTo("{\"n\": 3}");
        assertThat(db.value("select queue_length, total_messages from pgmq.metrics('jobs')"))
                .isEqualTo("0|3");
        assertThat(db.value("select count(*) from pgmq.a_jobs")).isEqualTo("1");
        assertThat(db.value("select pgmq.drop_queue('jobs')")).isEqualTo("t");
        db.run("drop extension pgmq cascade");
    }

    @Test
    void pgtapReportsInTap() throws SQLException {
        db.run("create extension pgtap; create table t (id int primary key, v text not null)");
        assertThat(
                        db.rows(
                                "select plan(5); select has_table('t'); select col_is_pk('t',"
                                    + " 'id'); select col_not_null('t', 'v'); select is(1 + 1, 3,"
                                    + " 'sums'); select throws_ok('insert into t values (1)',"
                                    + " '23502'); select * from finish()"))
                .satisfies(
                        rows -> {
                            assertThat(rows.get(0)).isEqualTo("1..5");
                            assertThat(rows.get(1)).startsWith("ok 1");
                            assertThat(rows.get(2)).startsWith("ok 2");
                            assertThat(rows.get(3)).startsWith("ok 3");
                            assertThat(rows.get(4))
                                    .startsWith("not ok 4 - sums")
                                    .contains("have: 2");
                            assertThat(rows.get(5)).startsWith("ok 5");
                            assertThat(rows.get(6)).contains("Looks like you failed 1 test of 5");
                        });
        db.run("drop extension pgtap");
    }

    @Test
    void pgTextsearchRanks() throws SQLException {
        db.run("create extension pg_textsearch; create table docs (id int, body text)");
        db.run(
                "insert into docs values (1, 'a database of birds'), (2, 'birds, birds and birds'),"
                        + " (3, 'nothing of interest'), (4, 'the database database')");
        db.run("create index docs_bm25 on docs using bm25 (body) with (text_config = 'english')");
        String search =
                "select id from docs order by body <@> to_bm25query('birds', 'docs_bm25') limit 2";
        assertThat(db.rows(search)).containsExactly("2", "1");
        other.run("insert into docs values (5, 'birds birds birds birds')");
        assertThat(other.rows(search)).containsExactly("5", "2");
        db.run("drop extension pg_textsearch cascade");
    }
}
