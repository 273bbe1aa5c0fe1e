package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.jdbc.PGliteConnectionPoolDataSource;
import io.github.jdbcpglite.jdbc.PGliteDataSource;
import io.github.jdbcpglite.jdbc.PGliteXADataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** Data sources, pooled connections and distributed transactions. */
final class XaProbes {
    private XaProbes() {}

    static List<Probe> all() {
        return List.of(
                Probe.of("data source", XaProbes::dataSource),
                Probe.of("pooled connection", XaProbes::pooled),
                Probe.of("XA two phases", XaProbes::twoPhases),
                Probe.of("XA one phase and rollback", XaProbes::onePhase),
                Probe.of("XA errors", XaProbes::errors),
                Probe.of("XA recovery", XaProbes::recovery));
    }

    /** An id of a distributed transaction. */
    record Id(String name, String branch) implements Xid {
        @Override
        public int getFormatId() {
            return 7;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return name.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] getBranchQualifier() {
            return branch.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static DataSource plain(Target target) {
        if (target.isPostgres()) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(target.url());
            return source;
        }
        PGliteDataSource source = new PGliteDataSource();
        source.setUrl(target.url());
        return source;
    }

    private static XADataSource xa(Target target) {
        if (target.isPostgres()) {
            PGXADataSource source = new PGXADataSource();
            source.setURL(target.url());
            return source;
        }
        PGliteXADataSource source = new PGliteXADataSource();
        source.setUrl(target.url());
        return source;
    }

    private static ConnectionPoolDataSource pool(Target target) {
        if (target.isPostgres()) {
            PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
            source.setURL(target.url());
            return source;
        }
        PGliteConnectionPoolDataSource source = new PGliteConnectionPoolDataSource();
        source.setUrl(target.url());
        return source;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static void dataSource(Target target, Recorder record) throws SQLException {
        DataSource source = plain(target);
        try (Connection connection = source.getConnection()) {
            record.call("user", () -> one(connection, "SELECT current_user"));
            record.call("database", () -> one(connection, "SELECT current_database()"));
            record.call("auto commit", connection::getAutoCommit);
        }
        try (Connection connection = source.getConnection("postgres", "any")) {
            record.call("named user", () -> one(connection, "SELECT current_user"));
        }
        record.call("unknown user", () -> source.getConnection("nosuch_role", "x"));
        record.call("wrapper", () -> source.isWrapperFor(DataSource.class));
        record.call("wrong wrapper", () -> source.isWrapperFor(String.class));
    }

    private static void pooled(Target target, Recorder record) throws SQLException {
        PooledConnection pooled = pool(target).getPooledConnection();
        try {
            Connection first = pooled.getConnection();
            execute(first, "CREATE TEMP TABLE kept (a int)");
            first.setAutoCommit(false);
            Statement statement = first.createStatement();
            record.run("insert", () -> statement.execute("INSERT INTO kept VALUES (1)"));
            first.close();
            record.call("closed", first::isClosed);
            record.call("statement after close", statement::isClosed);
            record.call("use after close", first::createStatement);
            Connection second = pooled.getConnection();
            record.call("same session", () -> one(second, "SELECT count(*) FROM kept"));
            record.call("auto commit", second::getAutoCommit);
            Connection third = pooled.getConnection();
            record.call("second after third", second::isClosed);
            third.close();
        } finally {
            pooled.close();
        }
    }

    private static void twoPhases(Target target, Recorder record) throws SQLException {
        XAConnection one = xa(target).getXAConnection();
        try {
            XAResource resource = one.getXAResource();
            Connection connection = one.getConnection();
            execute(connection, "DELETE FROM jp.xa");
            Id id = new Id("two", "b1");
            record.run("start", () -> resource.start(id, XAResource.TMNOFLAGS));
            record.call("auto commit within", connection::getAutoCommit);
            record.run("insert", () -> execute(connection, "INSERT INTO jp.xa VALUES (1)"));
            record.run("commit within", connection::commit);
            record.run("set auto commit within", () -> connection.setAutoCommit(true));
            record.run("end", () -> resource.end(id, XAResource.TMSUCCESS));
            record.call("prepare", () -> resource.prepare(id));
            record.call("not seen yet", () -> one(connection, "SELECT count(*) FROM jp.xa"));
            record.run("commit", () -> resource.commit(id, false));
            record.call("seen", () -> one(connection, "SELECT count(*) FROM jp.xa"));
            record.run("commit again", () -> resource.commit(id, false));
        } finally {
            one.close();
        }
    }

    private static void onePhase(Target target, Recorder record) throws SQLException {
        XAConnection one = xa(target).getXAConnection();
        try {
            XAResource resource = one.getXAResource();
            Connection connection = one.getConnection();
            execute(connection, "DELETE FROM jp.xa");
            for (String name : List.of("commit", "rollback", "failed", "readonly")) {
                Id id = new Id(name, "b");
                record.run("start " + name, () -> resource.start(id, XAResource.TMNOFLAGS));
                record.run(
                        "work",
                        () ->
                                execute(
                                        connection,
                                        name.equals("failed")
                                                ? "SELECT 1/0"
                                                : name.equals("readonly")
                                                        ? "SELECT 1"
                                                        : "INSERT INTO jp.xa VALUES (2)"));
                record.run("end", () -> resource.end(id, XAResource.TMSUCCESS));
                if (name.equals("rollback")) {
                    record.run("rollback", () -> resource.rollback(id));
                } else {
                    record.run("one phase", () -> resource.commit(id, true));
                }
                record.call("rows", () -> one(connection, "SELECT count(*) FROM jp.xa"));
            }
        } finally {
            one.close();
        }
    }

    private static void errors(Target target, Recorder record) throws SQLException {
        XAConnection one = xa(target).getXAConnection();
        try {
            XAResource resource = one.getXAResource();
            Id id = new Id("err", "b");
            Id other = new Id("other", "b");
            record.run("end before start", () -> resource.end(id, XAResource.TMSUCCESS));
            record.call("prepare unknown", () -> resource.prepare(id));
            record.run("commit unknown", () -> resource.commit(id, false));
            record.run("rollback unknown", () -> resource.rollback(id));
            record.run("join unknown", () -> resource.start(id, XAResource.TMJOIN));
            record.run("resume", () -> resource.start(id, XAResource.TMRESUME));
            record.run("start", () -> resource.start(id, XAResource.TMNOFLAGS));
            record.run("start another", () -> resource.start(other, XAResource.TMNOFLAGS));
            record.call("prepare before end", () -> resource.prepare(id));
            record.run("suspend", () -> resource.end(id, XAResource.TMSUSPEND));
            record.run("end", () -> resource.end(id, XAResource.TMFAIL));
            record.run("rollback", () -> resource.rollback(id));
            record.run("forget", () -> resource.forget(id));
            record.call("timeout", resource::getTransactionTimeout);
            record.call("set timeout", () -> resource.setTransactionTimeout(5));
            record.call("same", () -> resource.isSameRM(resource));
            record.run("null id", () -> resource.start(null, XAResource.TMNOFLAGS));
        } finally {
            one.close();
        }
    }

    private static void recovery(Target target, Recorder record) throws SQLException {
        XAConnection one = xa(target).getXAConnection();
        XAResource first = one.getXAResource();
        execute(one.getConnection(), "DELETE FROM jp.xa");
        for (String name : List.of("r1", "r2")) {
            Id id = new Id(name, "b");
            record.run("start", () -> first.start(id, XAResource.TMNOFLAGS));
            execute(one.getConnection(), "INSERT INTO jp.xa VALUES (9)");
            record.run("end", () -> first.end(id, XAResource.TMSUCCESS));
            record.call("prepare", () -> first.prepare(id));
        }
        one.close();
        XAConnection two = xa(target).getXAConnection();
        try {
            XAResource second = two.getXAResource();
            record.call(
                    "recover",
                    () ->
                            Arrays.stream(second.recover(XAResource.TMSTARTRSCAN))
                                    .map(
                                            xid ->
                                                    new String(
                                                            xid.getGlobalTransactionId(),
                                                            StandardCharsets.UTF_8))
                                    .sorted()
                                    .toList());
            record.run("commit r1", () -> second.commit(new Id("r1", "b"), false));
            record.run("rollback r2", () -> second.rollback(new Id("r2", "b")));
            record.call("recover again", () -> second.recover(XAResource.TMSTARTRSCAN).length);
            record.call("rows", () -> one(two.getConnection(), "SELECT count(*) FROM jp.xa"));
        } finally {
            two.close();
        }
    }
}
