package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;
import org.postgresql.util.PGobject;

/** CallableStatement, COPY, large objects, arrays and XML, replication. */
final class ApiProbes {
    private ApiProbes() {}

    static List<Probe> all() {
        return List.of(
                Probe.of("callable functions", ApiProbes::functions),
                Probe.of("callable procedures", ApiProbes::procedures),
                Probe.of("COPY in", ApiProbes::copyIn).with(NormaliseRule.TEMP_SCHEMA),
                Probe.of("COPY out", ApiProbes::copyOut),
                Probe.of("COPY that fails", ApiProbes::copyFails).with(NormaliseRule.TEMP_SCHEMA),
                Probe.of("large objects", ApiProbes::largeObjects).with(NormaliseRule.OID),
                Probe.of("blobs", ApiProbes::blobs).with(NormaliseRule.OID),
                Probe.of("arrays, XML and objects", ApiProbes::objects),
                Probe.of("replication", ApiProbes::replication).limit("replication"));
    }

    private static void functions(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            call(connection, record, "{? = call jp.twice(?)}", Types.INTEGER, 21);
            call(connection, record, "{? = call upper(?)}", Types.VARCHAR, "abc");
            call(connection, record, "{? = call jp.twice(?)}", Types.VARCHAR, 21);
            call(connection, record, "{? = call jp.nosuch(?)}", Types.INTEGER, 1);
            call(connection, record, "{? = call jp.fails(?)}", Types.INTEGER, 1);
            call(connection, record, "{? = call jp.day(?)}", Types.DATE, 3);
            call(connection, record, "{? = call jp.list(?)}", Types.ARRAY, 3);
            try (CallableStatement statement = connection.prepareCall("{call jp.outs(?, ?, ?)}")) {
                statement.setInt(1, 5);
                statement.registerOutParameter(2, Types.INTEGER);
                statement.registerOutParameter(3, Types.VARCHAR);
                record.call("outs", statement::execute);
                record.call("2", () -> statement.getInt(2));
                record.call("3", () -> statement.getString(3));
                record.call("4", () -> statement.getString(4));
                record.call("wasNull", statement::wasNull);
                record.call("by name", () -> statement.getInt("b"));
            }
            connection.setAutoCommit(false);
            try (CallableStatement statement = connection.prepareCall("{? = call jp.cur()}")) {
                statement.registerOutParameter(1, Types.REF_CURSOR);
                record.call("cursor", statement::execute);
                record.call("rows", () -> statement.getObject(1));
            }
        }
    }

    private static void call(
            Connection connection, Recorder record, String sql, int type, Object argument)
            throws SQLException {
        try (CallableStatement statement = connection.prepareCall(sql)) {
            statement.registerOutParameter(1, type);
            statement.setObject(2, argument);
            record.call(sql + " " + type, statement::execute);
            record.call("object", () -> statement.getObject(1));
            record.call("string", () -> statement.getString(1));
            record.call("int", () -> statement.getInt(1));
        }
    }

    private static void procedures(Target target, Recorder record) throws SQLException {
        for (String mode : List.of("select", "call", "callIfNoReturn")) {
            try (Connection connection = target.connect("escapeSyntaxCallMode", mode);
                    CallableStatement statement = connection.prepareCall("{call jp.proc(?, ?)}")) {
                statement.setInt(1, 4);
                statement.setInt(2, 5);
                statement.registerOutParameter(2, Types.INTEGER);
                record.call(mode, statement::execute);
                record.call("result", () -> statement.getInt(2));
            }
        }
        try (Connection connection = target.connect();
                PreparedStatement statement = connection.prepareStatement("CALL jp.proc(?, ?)")) {
            statement.setInt(1, 4);
            statement.setInt(2, 5);
            record.call("plain CALL", statement::executeQuery);
        }
    }

    private static Connection withTable(Target target) throws SQLException {
        Connection connection = target.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE c (id int PRIMARY KEY, v text)");
        }
        return connection;
    }

    private static void copyIn(Target target, Recorder record) throws SQLException {
        try (Connection connection = withTable(target)) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            record.call(
                    "reader",
                    () -> copy.copyIn("COPY c FROM STDIN", new StringReader("1\ta\n2\t\\N\n")));
            record.call(
                    "stream",
                    () ->
                            copy.copyIn(
                                    "COPY c FROM STDIN (FORMAT csv)",
                                    new ByteArrayInputStream(
                                            "3,\"x,y\"\n".getBytes(StandardCharsets.UTF_8))));
            CopyIn in = copy.copyIn("COPY c (id, v) FROM STDIN");
            byte[] line = "4\tlow level\n".getBytes(StandardCharsets.UTF_8);
            record.call("fields", in::getFieldCount);
            record.call("format", in::getFormat);
            record.run("write", () -> in.writeToCopy(line, 0, line.length));
            record.run("flush", in::flushCopy);
            record.call("statement during copy", connection::createStatement);
            record.call("end", in::endCopy);
            record.call("active after", in::isActive);
            record.call("handled", in::getHandledRowCount);
            CopyIn cancelled = copy.copyIn("COPY c FROM STDIN");
            record.run("write to be cancelled", () -> cancelled.writeToCopy(line, 0, line.length));
            record.run("cancel", cancelled::cancelCopy);
            record.call("rows", () -> rows(connection, "SELECT * FROM c ORDER BY id"));
        }
    }

    private static String rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            StringBuilder text = new StringBuilder();
            while (rows.next()) {
                text.append(rows.getString(1)).append('|');
            }
            return text.toString();
        }
    }

    private static void copyOut(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String options : List.of("", "(FORMAT csv, HEADER)", "(FORMAT binary)")) {
                String sql =
                        "COPY (SELECT id, amount, tags FROM jp.orders ORDER BY id) TO STDOUT "
                                + options;
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                record.call(sql, () -> copy.copyOut(sql, out));
                record.call("bytes", out::toByteArray);
            }
            StringWriter writer = new StringWriter();
            record.call("writer", () -> copy.copyOut("COPY jp.customers (name) TO STDOUT", writer));
            record.call("text", writer::toString);
            CopyOut out = copy.copyOut("COPY (SELECT generate_series(1, 1000)) TO STDOUT");
            // Whether a cancel meets the COPY or comes too late must not depend on chance.
            awaitIdle(target, connection);
            record.call("first", out::readFromCopy);
            record.call("fields", out::getFieldCount);
            record.run("cancel", out::cancelCopy);
            record.call("usable", () -> rows(connection, "SELECT 1"));
        }
    }

    /** Waits until the backend has sent all that it had to send. */
    private static void awaitIdle(Target target, Connection connection) throws SQLException {
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        String query = "SELECT 1 FROM pg_stat_activity WHERE state = 'idle' AND pid = " + pid;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (Connection observer = target.connect()) {
            while (rows(observer, query).isEmpty()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("the COPY does not end");
                }
            }
        }
    }

    private static void copyFails(Target target, Recorder record) throws SQLException {
        try (Connection connection = withTable(target)) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String data : List.of("x\ty\n", "1\n", "1\ta\tb\n", "1\ta\n1\tb\n")) {
                record.call(
                        data.strip(),
                        () -> copy.copyIn("COPY c FROM STDIN", new StringReader(data)));
                record.call("rows", () -> rows(connection, "SELECT id FROM c"));
            }
            record.call("not copy", () -> copy.copyIn("SELECT 1", new StringReader("")));
            record.call("wrong way", () -> copy.copyIn("COPY c TO STDOUT", new StringReader("")));
            record.call("no table", () -> copy.copyOut("COPY nosuch TO STDOUT"));
            record.call("by statement", () -> rows(connection, "COPY c TO STDOUT"));
            record.call("usable", () -> rows(connection, "SELECT 1"));
        }
    }

    private static void largeObjects(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            LargeObjectManager manager = connection.unwrap(PGConnection.class).getLargeObjectAPI();
            record.call("in auto commit", () -> manager.open(1L));
            connection.setAutoCommit(false);
            long oid = manager.createLO();
            LargeObject object = manager.open(oid);
            record.run(
                    "write",
                    () -> object.write("hello large object".getBytes(StandardCharsets.UTF_8)));
            record.call("tell", object::tell);
            record.run("seek", () -> object.seek(6));
            record.call("read", () -> object.read(5));
            record.run("seek from end", () -> object.seek(-6, LargeObject.SEEK_END));
            record.call("read", () -> object.read(100));
            record.call("size", object::size64);
            record.run("truncate", () -> object.truncate64(5));
            record.call("stream", object::getInputStream);
            record.run("seek beyond", () -> object.seek64(5_000_000_000L, LargeObject.SEEK_SET));
            record.call("tell64", object::tell64);
            record.run("output stream", () -> object.getOutputStream().close());
            record.run("close", object::close);
            record.call("read closed", () -> object.read(1));
            LargeObject readOnly = manager.open(oid, LargeObjectManager.READ);
            record.run("write to read only", () -> readOnly.write(new byte[] {1}));
            connection.rollback();
            record.call("gone", () -> manager.open(oid));
            connection.rollback();
            record.run("delete unknown", () -> manager.delete(oid));
            connection.rollback();
        }
    }

    private static void blobs(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMP TABLE b (id int, data oid)");
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO b VALUES (1, ?)")) {
                insert.setBlob(1, new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5}));
                record.call("insert", insert::executeUpdate);
            }
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT data FROM b")) {
                rows.next();
                Blob blob = rows.getBlob(1);
                record.call("length", blob::length);
                record.call("bytes", () -> blob.getBytes(2, 3));
                record.call("bytes at 0", () -> blob.getBytes(0, 3));
                record.call("position", () -> blob.position(new byte[] {3, 4}, 1));
                record.call("stream", blob::getBinaryStream);
                record.call("set", () -> blob.setBytes(2, new byte[] {9, 9}));
                record.call("after", () -> blob.getBytes(1, 9));
                record.run("truncate", () -> blob.truncate(2));
                record.call("length", blob::length);
                record.run("free", blob::free);
                record.call("freed", blob::length);
            }
            record.call("createBlob", connection::createBlob);
            record.call("createClob", connection::createClob);
            connection.rollback();
        }
    }

    private static void objects(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT '{{1,2},{3,null}}'::int[], '<a>1</a>'::xml,"
                                        + " '[0:1]={x,y}'::text[], array['(1,x)'::jp.pair],"
                                        + " null::int[]")) {
            rows.next();
            for (int i : new int[] {1, 3, 4}) {
                Array array = rows.getArray(i);
                record.call("array", array::getArray);
                record.call("slice", () -> array.getArray(1, 1));
                record.call("slice beyond", () -> array.getArray(2, 9));
                record.call("base type", array::getBaseType);
                record.call("base type name", array::getBaseTypeName);
                record.call("result set", array::getResultSet);
                record.run("free", array::free);
                record.call("freed", array::getArray);
            }
            record.call("null array", () -> rows.getArray(5));
            SQLXML xml = rows.getSQLXML(2);
            record.call("xml", xml::getString);
            record.call("xml reader", xml::getCharacterStream);
            for (String type : List.of("int4", "text", "jp.colour", "nosuch")) {
                record.call(
                        "createArrayOf " + type,
                        () -> connection.createArrayOf(type, new Object[] {"1", null}));
            }
            PGobject object = new PGobject();
            object.setType("jp.colour");
            object.setValue("red");
            try (PreparedStatement prepared = connection.prepareStatement("SELECT ?, ?::text")) {
                prepared.setObject(1, object);
                prepared.setArray(
                        2, connection.createArrayOf("text", new String[] {"a\"b", "c,d"}));
                record.call("object", prepared::executeQuery);
                object.setValue("nosuch");
                prepared.setObject(1, object);
                record.call("bad object", prepared::executeQuery);
            }
            record.call(
                    "createStruct",
                    () -> connection.createStruct("jp.pair", new Object[] {1, "x"}));
        }
    }

    private static void replication(Target target, Recorder record) throws SQLException {
        for (String value : List.of("database", "true")) {
            record.call(
                    "replication=" + value,
                    () -> {
                        try (Connection connection =
                                target.connect(
                                        "replication",
                                        value,
                                        "preferQueryMode",
                                        "simple",
                                        "assumeMinServerVersion",
                                        "18")) {
                            return connection.isValid(5);
                        }
                    });
        }
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            record.call("IDENTIFY_SYSTEM", () -> statement.execute("IDENTIFY_SYSTEM"));
            record.call(
                    "logical slot",
                    () ->
                            statement.executeQuery(
                                    "SELECT pg_create_logical_replication_slot('s', 'pgoutput')"));
            record.call(
                    "slots", () -> statement.executeQuery("SELECT * FROM pg_replication_slots"));
        }
    }
}
