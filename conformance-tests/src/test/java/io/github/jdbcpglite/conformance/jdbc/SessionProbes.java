package io.github.jdbcpglite.conformance.jdbc;

import io.github.jdbcpglite.conformance.answer.NormaliseRule;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What a session is set to and what it does at the edges of transactions. */
final class SessionProbes {
    private SessionProbes() {}

    static List<Probe> all() {
        return List.of(
                Probe.of("savepoints", SessionProbes::savepoints),
                Probe.of("isolation levels", SessionProbes::isolation),
                Probe.of("read only", SessionProbes::readOnly),
                Probe.of("auto commit", SessionProbes::autoCommit).with(NormaliseRule.TEMP_SCHEMA),
                Probe.of("schema and catalog", SessionProbes::schema),
                Probe.of("client info", SessionProbes::clientInfo),
                Probe.of("warnings", SessionProbes::warnings),
                Probe.of("closed", SessionProbes::closed),
                Probe.of("parameter statuses", SessionProbes::parameters),
                Probe.of("connection properties", SessionProbes::properties),
                Probe.of("failed connections", SessionProbes::failures),
                Probe.of("notifications", SessionProbes::notifications).with(NormaliseRule.PID),
                Probe.of("timeouts and cancel", SessionProbes::timeouts));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static @Nullable String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "no row";
        }
    }

    private static void savepoints(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            record.call("in auto commit", connection::setSavepoint);
            connection.setAutoCommit(false);
            execute(connection, "CREATE TEMP TABLE s (id int)");
            Savepoint first = connection.setSavepoint();
            Savepoint named = connection.setSavepoint("my \"sp\"");
            record.call("id of unnamed", first::getSavepointId);
            record.call("name of unnamed", first::getSavepointName);
            record.call("id of named", named::getSavepointId);
            record.call("name of named", named::getSavepointName);
            execute(connection, "INSERT INTO s VALUES (1)");
            record.run("bad statement", () -> execute(connection, "SELECT 1/0"));
            record.run("in failed transaction", () -> execute(connection, "SELECT 1"));
            record.run("rollback to named", () -> connection.rollback(named));
            record.call("count", () -> one(connection, "SELECT count(*) FROM s"));
            record.run("release first", () -> connection.releaseSavepoint(first));
            record.run("rollback to released", () -> connection.rollback(named));
            record.run("release twice", () -> connection.releaseSavepoint(first));
            record.run("rollback", connection::rollback);
            record.run("rollback after", () -> connection.rollback(named));
            connection.setAutoCommit(true);
            record.run("commit in auto commit", connection::commit);
            record.run("rollback in auto commit", connection::rollback);
        }
    }

    private static void isolation(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            for (int level : new int[] {0, 1, 2, 4, 8, 99}) {
                record.run("set " + level, () -> connection.setTransactionIsolation(level));
                record.call("get", connection::getTransactionIsolation);
                record.call("server", () -> one(connection, "SHOW transaction_isolation"));
            }
            connection.setAutoCommit(false);
            one(connection, "SELECT 1");
            record.run("set in transaction", () -> connection.setTransactionIsolation(2));
            connection.rollback();
            for (int holdability : new int[] {1, 2, 3}) {
                record.run("holdability", () -> connection.setHoldability(holdability));
                record.call("get holdability", connection::getHoldability);
            }
        }
    }

    private static void readOnly(Target target, Recorder record) throws SQLException {
        for (String mode : List.of("ignore", "transaction", "always")) {
            try (Connection connection = target.connect("readOnlyMode", mode)) {
                record.run("set", () -> connection.setReadOnly(true));
                record.call("is", connection::isReadOnly);
                record.run("create", () -> execute(connection, "CREATE TABLE jp.ro (a int)"));
                connection.setAutoCommit(false);
                record.run("insert", () -> execute(connection, "DELETE FROM jp.orders"));
                record.run("set in failed transaction", () -> connection.setReadOnly(false));
                connection.rollback();
                record.run("unset", () -> connection.setReadOnly(false));
                record.call("server", () -> one(connection, "SHOW transaction_read_only"));
                connection.rollback();
                execute(connection, "DROP TABLE IF EXISTS jp.ro");
                connection.commit();
            }
        }
    }

    private static void autoCommit(Target target, Recorder record) throws SQLException {
        for (String autosave : List.of("never", "always", "conservative")) {
            try (Connection connection = target.connect("autosave", autosave)) {
                connection.setAutoCommit(false);
                execute(connection, "CREATE TEMP TABLE ac (id int PRIMARY KEY)");
                record.run("insert", () -> execute(connection, "INSERT INTO ac VALUES (1)"));
                record.run("duplicate", () -> execute(connection, "INSERT INTO ac VALUES (1)"));
                record.run("after", () -> execute(connection, "INSERT INTO ac VALUES (2)"));
                record.run("commit", connection::commit);
                record.call("rows", () -> one(connection, "SELECT count(*) FROM ac"));
                record.run("set to the same", () -> connection.setAutoCommit(false));
                record.run("set true", () -> connection.setAutoCommit(true));
                record.call("get", connection::getAutoCommit);
            }
        }
    }

    private static void schema(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            record.call("schema", connection::getSchema);
            for (String schema : new String[] {"jp", "nosuch", "Quo\"ted", "", null}) {
                record.run("set " + schema, () -> connection.setSchema(schema));
                record.call("get", connection::getSchema);
                record.call("server", () -> one(connection, "SHOW search_path"));
            }
            record.call("catalog", connection::getCatalog);
            record.run("set catalog", () -> connection.setCatalog("other"));
            record.call("catalog after", connection::getCatalog);
            record.call("type map", connection::getTypeMap);
            record.call(
                    "quoted", () -> connection.unwrap(PGConnection.class).escapeIdentifier("a\"b"));
            record.call(
                    "literal", () -> connection.unwrap(PGConnection.class).escapeLiteral("a'b\\"));
        }
    }

    private static void clientInfo(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            record.call("all", connection::getClientInfo);
            record.run("set", () -> connection.setClientInfo("ApplicationName", "probe"));
            record.call("get", () -> connection.getClientInfo("ApplicationName"));
            record.call("server", () -> one(connection, "SHOW application_name"));
            record.run("unknown", () -> connection.setClientInfo("NoSuch", "x"));
            record.call("get unknown", () -> connection.getClientInfo("NoSuch"));
            record.run("null", () -> connection.setClientInfo("ApplicationName", null));
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "many");
            properties.setProperty("Bad", "x");
            record.run("properties", () -> connection.setClientInfo(properties));
            record.call("properties after", connection::getClientInfo);
        }
    }

    private static void warnings(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "DO $$ BEGIN RAISE NOTICE 'n1' USING HINT = 'h'; RAISE WARNING 'w2'; END $$");
            SQLWarning warning = statement.getWarnings();
            while (warning != null) {
                SQLWarning each = warning;
                record.call("statement", () -> Describe.error(each));
                warning = warning.getNextWarning();
            }
            statement.clearWarnings();
            record.call("cleared", statement::getWarnings);
            statement.execute("DROP TABLE IF EXISTS nosuch");
            record.call("notice", () -> String.valueOf(statement.getWarnings()));
            record.call("connection", connection::getWarnings);
            connection.setAutoCommit(false);
            record.run("begin twice", () -> execute(connection, "BEGIN"));
            record.call("connection after", () -> String.valueOf(connection.getWarnings()));
        }
    }

    private static void closed(Target target, Recorder record) throws SQLException {
        Connection connection = target.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1");
        record.call("valid", () -> connection.isValid(5));
        record.call("valid negative", () -> connection.isValid(-1));
        rows.close();
        record.call("closed rows", rows::next);
        record.run("closeOnCompletion", statement::closeOnCompletion);
        statement.close();
        record.call("closed statement", () -> statement.executeQuery("SELECT 1"));
        connection.close();
        record.call("valid after", () -> connection.isValid(5));
        record.call("closed connection", connection::createStatement);
        record.run("close twice", connection::close);
        record.run("abort", () -> connection.abort(Runnable::run));
        record.call("auto commit", connection::getAutoCommit);
    }

    private static void parameters(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect()) {
            PGConnection pg = connection.unwrap(PGConnection.class);
            for (String name :
                    List.of(
                            "server_encoding",
                            "client_encoding",
                            "DateStyle",
                            "IntervalStyle",
                            "TimeZone",
                            "integer_datetimes",
                            "standard_conforming_strings",
                            "is_superuser",
                            "session_authorization",
                            "in_hot_standby",
                            "default_transaction_read_only",
                            "search_path",
                            "scram_iterations",
                            "application_name")) {
                record.call(name, () -> pg.getParameterStatus(name));
            }
            execute(connection, "SET search_path = jp; SET TimeZone = 'Asia/Tokyo'");
            record.call("search_path after", () -> pg.getParameterStatus("search_path"));
            record.call("TimeZone after", () -> pg.getParameterStatus("TimeZone"));
            record.run("wrong DateStyle", () -> execute(connection, "SET DateStyle = 'SQL'"));
        }
    }

    private static void properties(Target target, Recorder record) throws SQLException {
        String[][] all = {
            {"currentSchema", "jp"},
            {"options", "-c work_mem=7MB -c geqo=off"},
            {"assumeMinServerVersion", "18"},
            {"stringtype", "unspecified"},
            {"defaultRowFetchSize", "2"},
            {"prepareThreshold", "1"},
            {"preparedStatementCacheQueries", "0"},
            {"readOnly", "true"},
            {"disableColumnSanitiser", "true"},
            {"quoteReturningIdentifiers", "false"},
            {"escapeSyntaxCallMode", "call"},
            {"hideUnprivilegedObjects", "true"},
            {"databaseMetadataCacheFields", "0"},
            {"logUnclosedConnections", "true"},
            {"maxResultBuffer", "1M"},
            {"adaptiveFetch", "true"},
            {"cleanupSavepoints", "true"},
            {"socketTimeout", "30"},
            {"preferQueryMode", "extendedForPrepared"},
            {"preferQueryMode", "extendedCacheEverything"}
        };
        for (String[] pair : all) {
            record.call(
                    pair[0] + "=" + pair[1],
                    () -> {
                        try (Connection connection = target.connect(pair)) {
                            return one(
                                    connection,
                                    "SELECT current_schema || ' ' || current_setting('work_mem')"
                                            + " || ' ' || (SELECT count(*) FROM jp.orders)");
                        }
                    });
        }
    }

    private static void failures(Target target, Recorder record) {
        record.call(
                "no database",
                () -> connectAndClose(new Target(target.side(), "nosuch_db", target.mode())));
        record.call("bad option", () -> connectAndClose(target, "options", "-c nosuch=1"));
        record.call("bad value", () -> connectAndClose(target, "options", "-c work_mem=x"));
        record.call("bad schema", () -> connectAndClose(target, "currentSchema", "nosuch"));
        record.call("no role", () -> connectAndClose(target, "user", "nosuch_role"));
        record.call("bad mode", () -> connectAndClose(target, "preferQueryMode", "nosuch"));
        record.call("bad fetch", () -> connectAndClose(target, "defaultRowFetchSize", "-5"));
    }

    private static String connectAndClose(Target target, String... properties) throws SQLException {
        target.connect(properties).close();
        return "connected";
    }

    private static void notifications(Target target, Recorder record) throws SQLException {
        try (Connection listener = target.connect();
                Connection sender = target.connect()) {
            PGConnection pg = listener.unwrap(PGConnection.class);
            execute(listener, "LISTEN probe");
            record.call("none", () -> pg.getNotifications().length);
            execute(sender, "NOTIFY probe, 'one'");
            execute(sender, "SELECT pg_notify('probe', 'two')");
            record.call(
                    "two",
                    () -> {
                        // They may come together or one by one.
                        List<PGNotification> all =
                                new ArrayList<>(List.of(pg.getNotifications(5000)));
                        if (all.size() == 1) {
                            all.addAll(List.of(pg.getNotifications(5000)));
                        }
                        StringBuilder text = new StringBuilder();
                        for (PGNotification each : all) {
                            text.append(each.getName()).append('/').append(each.getParameter());
                            record.call(
                                    "by sender",
                                    () ->
                                            each.getPID()
                                                    == sender.unwrap(PGConnection.class)
                                                            .getBackendPID());
                        }
                        return text.toString();
                    });
            record.call("none after wait", () -> pg.getNotifications(1).length);
        }
    }

    private static void timeouts(Target target, Recorder record) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            record.run("negative timeout", () -> statement.setQueryTimeout(-1));
            statement.setQueryTimeout(1);
            record.call("timed out", () -> statement.executeQuery("SELECT pg_sleep(30)"));
            record.call("usable", () -> one(connection, "SELECT 1"));
            record.run("cancel idle", statement::cancel);
            record.call("usable after cancel", () -> one(connection, "SELECT 2"));
            record.call("network timeout", connection::getNetworkTimeout);
            record.run("negative", () -> connection.setNetworkTimeout(Runnable::run, -1));
        }
    }
}
