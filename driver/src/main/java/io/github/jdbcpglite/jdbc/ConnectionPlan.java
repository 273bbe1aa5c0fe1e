package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRequest;
import io.github.jdbcpglite.jdbc.internal.error.RequiredJars;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.url.JdbcUrl;
import io.github.jdbcpglite.jdbc.internal.url.JdbcUrlParser;
import io.github.jdbcpglite.jdbc.internal.url.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Where a connection goes and with what: a URL and properties, checked and sorted.
 *
 * <p>A parameter of the URL wins over a property of the same meaning, as in pgjdbc.
 *
 * @param cluster what is asked of the cluster
 * @param pgjdbc what pgjdbc is given; not shared
 * @param loginTimeoutNanos 0 for no limit
 * @param create what is to be made if it does not exist
 * @param metadataUrl what {@code DatabaseMetaData.getURL} is to answer
 */
record ConnectionPlan(
        ClusterRequest cluster,
        Properties pgjdbc,
        long loginTimeoutNanos,
        Optional<NamedLogin> create,
        String metadataUrl) {
    static final String DEFAULT_USER = "postgres";
    static final String DEFAULT_DATABASE = "postgres";

    /**
     * Makes the plan of a {@code jdbc:pglite:} URL.
     *
     * @param given {@code null} for none
     * @throws SQLException naming the part of the URL or the property that cannot be used
     */
    static ConnectionPlan of(@Nullable String url, @Nullable Properties given) throws SQLException {
        RequiredJars.check();
        if (url == null) {
            throw SqlErrors.cannotConnect("The URL is null");
        }
        Properties info = given == null ? new Properties() : given;
        JdbcUrl parsed = JdbcUrlParser.parse(url);
        Map<String, String> settings = settings(parsed, info);
        if (settings.containsKey(PGliteProperty.TARGET.getName())) {
            throw SqlErrors.cannotConnect(
                    PGliteProperty.TARGET.getName()
                            + " is for jdbc:postgresql: URLs; here the target follows "
                            + JdbcUrl.PREFIX);
        }
        Properties pgjdbc = pgjdbcProperties(parsed, settings);
        String database = pgjdbc.getProperty(PGProperty.PG_DBNAME.getName());
        NamedLogin login = NamedLogin.of(pgjdbc);
        return new ConnectionPlan(
                ClusterRequestBuilder.of(parsed.target(), settings, login),
                pgjdbc,
                loginTimeoutNanos(settings),
                ClusterRequestBuilder.creates(settings) ? Optional.of(login) : Optional.empty(),
                "postgresql".equals(settings.get(PGliteProperty.METADATA_URL.getName()))
                        ? postgresqlUrl(parsed.target(), database)
                        : parsed.text());
    }

    /** Returns URL parameters and properties under their real names, each value checked. */
    static Map<String, String> settings(JdbcUrl url, Properties info) throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : strings(info).entrySet()) {
            PropertyKeys.Setting setting = PropertyKeys.resolve(entry.getKey(), entry.getValue());
            settings.put(setting.key(), setting.value());
        }
        Map<String, String> writtenAs = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : url.parameters().entrySet()) {
            PropertyKeys.Setting setting = PropertyKeys.resolve(entry.getKey(), entry.getValue());
            String other = writtenAs.putIfAbsent(setting.key(), entry.getKey());
            if (other != null) {
                throw SqlErrors.cannotConnect(
                        "Invalid "
                                + JdbcUrl.PREFIX
                                + " URL: "
                                + other
                                + " and "
                                + entry.getKey()
                                + " mean the same; remove one");
            }
            settings.put(setting.key(), setting.value());
        }
        return settings;
    }

    /** Copies properties, those that are only defaults too; numbers and booleans become text. */
    private static Map<String, String> strings(Properties info) throws SQLException {
        Map<String, String> strings = new LinkedHashMap<>();
        for (String key : info.stringPropertyNames()) {
            strings.put(key, info.getProperty(key));
        }
        for (Map.Entry<Object, Object> entry : info.entrySet()) {
            Object value = entry.getValue();
            if (value instanceof String) {
                continue;
            }
            if (!(value instanceof Number) && !(value instanceof Boolean)) {
                throw SqlErrors.invalidValue(
                        String.valueOf(entry.getKey()), value.getClass().getName(), "a text");
            }
            strings.put(String.valueOf(entry.getKey()), value.toString());
        }
        return strings;
    }

    private static Properties pgjdbcProperties(JdbcUrl url, Map<String, String> settings)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(PGProperty.USER.getName(), DEFAULT_USER);
        properties.setProperty(PGProperty.PG_DBNAME.getName(), DEFAULT_DATABASE);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String key = setting.getKey();
            // Tools that ask for a user pass an empty one on when they get no answer.
            boolean noUser = key.equals(PGProperty.USER.getName()) && setting.getValue().isEmpty();
            if (!key.startsWith("pglite.") && !noUser) {
                properties.setProperty(key, setting.getValue());
            }
        }
        if (url.database().isPresent()) {
            if (url.parameters().containsKey("database")
                    || url.parameters().containsKey(PGProperty.PG_DBNAME.getName())) {
                throw SqlErrors.cannotConnect(
                        "Invalid "
                                + JdbcUrl.PREFIX
                                + " URL: it names a database twice, as \""
                                + url.database().get()
                                + "\" and as a parameter; remove one");
            }
            properties.setProperty(PGProperty.PG_DBNAME.getName(), url.database().get());
        }
        properties.setProperty(PGProperty.SSL_MODE.getName(), "disable");
        properties.setProperty(PGProperty.GSS_ENC_MODE.getName(), "disable");
        return properties;
    }

    private static long loginTimeoutNanos(Map<String, String> settings) throws SQLException {
        String key = PGProperty.LOGIN_TIMEOUT.getName();
        String written = settings.get(key);
        return written != null
                ? PropertyValues.secondsAsNanos(key, written)
                : TimeUnit.SECONDS.toNanos(Math.max(0, DriverManager.getLoginTimeout()));
    }

    /** Returns a URL with which pgjdbc itself would come to the same database. */
    private static String postgresqlUrl(Target target, String database) {
        return "jdbc:postgresql://pglite/"
                + encode(database)
                + "?socketFactory="
                + PGliteSocketFactory.class.getName()
                + "&"
                + PGliteProperty.TARGET.getName()
                + "="
                + encode(target.text());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
