package io.github.jdbcpglite.internals;

import java.util.List;

/** Statements that make a backend call as many host functions as statements can. */
final class FaultScript {
    private FaultScript() {}

    /** Returns what runs outside of a transaction, before it. */
    static List<String> before(int round) {
        return List.of(
                "set work_mem = '64kB'",
                "set statement_timeout = '50s'",
                "select pg_sleep(0.001)",
                "alter system set commit_siblings = " + (5 + round % 10),
                "select count(*) from pg_ls_dir('.')",
                "select size from pg_stat_file('PG_VERSION')",
                "select pg_read_file('PG_VERSION')",
                "set allow_in_place_tablespaces = on",
                "create tablespace space_" + round + " location ''",
                "select pg_tablespace_location(oid) from pg_tablespace where spcname = 'space_"
                        + round
                        + "'",
                "drop tablespace space_" + round,
                "listen faults",
                "notify faults");
    }

    /** Returns the transaction without its commit; it adds rows and locks row 1. */
    static List<String> transaction(int round, int rows) {
        return List.of(
                "update t set v = v + 1 where id = 1",
                "insert into kept select "
                        + round
                        + ", i, repeat('x', 100) from generate_series(1, "
                        + rows
                        + ") i",
                "create table made_" + round + " as select i from generate_series(1, 2000) i",
                "select count(*) from (select md5(g::text) from generate_series(1, 4000) g"
                        + " order by 1) s",
                "do $$ begin perform 1 / 0; exception when division_by_zero then null; end $$",
                "savepoint s",
                "do $$ begin begin raise 'x'; exception when others then null; end; end $$",
                "rollback to s",
                "select gen_random_uuid(), random(), clock_timestamp()",
                "select '2026-11-24 12:00 Europe/Berlin'::timestamptz",
                "copy (select i from made_" + round + ") to '/pglite/data/copied_" + round + "'",
                "copy made_" + round + " from '/pglite/data/copied_" + round + "'",
                "do $$ declare o oid; begin o := lo_from_bytea(0, 'x');"
                        + " perform lo_export(o, '/pglite/data/copied_"
                        + round
                        + "'); end $$",
                "notify faults, '" + round + "'");
    }

    /** Returns what runs after the commit. */
    static List<String> after(int round) {
        return List.of(
                "delete from made_" + round,
                "set vacuum_cost_delay = 1",
                "set vacuum_cost_limit = 100",
                "vacuum made_" + round,
                "reset all",
                "truncate made_" + round,
                "drop table made_" + round,
                "checkpoint");
    }
}
