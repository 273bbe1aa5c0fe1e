package io.github.jdbcpglite.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.jdbcpglite.jdbc.internal.cluster.ClosePolicy;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRequest;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.cluster.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionPlanTest {
    @Test
    void defaultsAreThoseOfPGlite() throws SQLException {
        ConnectionPlan plan = plan("jdbc:pglite:");
        assertThat(plan.pgjdbc())
                .containsOnly(
                        Map.entry("user", "postgres"),
                        Map.entry("PGDBNAME", "postgres"),
                        Map.entry("sslmode", "disable"),
                        Map.entry("gssEncMode", "disable"));
        assertThat(plan.cluster().key()).isEqualTo("memory:");
        assertThat(plan.cluster().close()).isEqualTo(ClosePolicy.WITH_JVM);
        assertThat(plan.cluster().options().get(ClusterOption.DIRECTORY)).isEmpty();
        assertThat(plan.cluster().options().get(ClusterOption.MAX_CONNECTIONS)).isEmpty();
        assertThat(plan.metadataUrl()).isEqualTo("jdbc:pglite:");
        assertThat(plan.loginTimeoutNanos()).isZero();
    }

    @Test
    void emptyUserIsNoUser() throws SQLException {
        assertThat(plan("jdbc:pglite:?user=").pgjdbc()).containsEntry("user", "postgres");
    }

    @Test
    void keysOfPgjdbcPassThroughUnderTheirOwnSpelling() throws SQLException {
        Properties info =
                plan("jdbc:pglite:?currentSchema=app&applicationName=Flyway&PREPARETHRESHOLD=3")
                        .pgjdbc();
        assertThat(info)
                .containsEntry("currentSchema", "app")
                .containsEntry("ApplicationName", "Flyway")
                .containsEntry("prepareThreshold", "3");
    }

    @Test
    void valuesThatAreOnlyDefaultsAndNumbersCount() throws SQLException {
        Properties defaults = new Properties();
        defaults.setProperty("user", "flyway");
        Properties info = new Properties(defaults);
        info.put("prepareThreshold", 7);
        info.put("reWriteBatchedInserts", true);
        assertThat(ConnectionPlan.of("jdbc:pglite:", info).pgjdbc())
                .containsEntry("user", "flyway")
                .containsEntry("prepareThreshold", "7")
                .containsEntry("reWriteBatchedInserts", "true");
    }

    @Test
    void theUrlWinsOverProperties() throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", "a");
        info.setProperty("database", "a");
        info.setProperty("pglite.close", "jvm");
        ConnectionPlan plan =
                ConnectionPlan.of("jdbc:pglite:memory:x/b?user=b&pglite.close=7", info);
        assertThat(plan.pgjdbc()).containsEntry("user", "b").containsEntry("PGDBNAME", "b");
        assertThat(plan.cluster().close()).isEqualTo(new ClosePolicy(7));
    }

    @Test
    void ownKeysBecomeOptionsOfTheCluster() throws SQLException {
        ClusterRequest request =
                plan("jdbc:pglite:memory:x?pglite.maxBackends=7&pglite.memory=256MB"
                                + "&pglite.durability=relaxed&pglite.postgres.work_mem=8MB")
                        .cluster();
        ClusterOptions options = request.options();
        assertThat(options.get(ClusterOption.MAX_CONNECTIONS)).hasValue(7);
        assertThat(options.get(ClusterOption.MEMORY_LIMIT_BYTES)).hasValue(256L << 20);
        assertThat(options.get(ClusterOption.DURABILITY)).hasValue(Durability.RELAXED);
        assertThat(options.settings()).containsOnly(Map.entry("work_mem", "8MB"));
        assertThat(request.explicit()).containsEntry("pglite.memory", "268435456").hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "memory:?DB_CLOSE_DELAY=-1, pglite.close, jvm",
        "memory:?DB_CLOSE_DELAY=10, pglite.close, 10",
        "memory:?relaxedDurability=true, pglite.durability, relaxed",
        "memory:?relaxedDurability=false, pglite.durability, full"
    })
    void namesOfOtherDriversAreAliases(String url, String key, String value) throws SQLException {
        assertThat(plan("jdbc:pglite:" + url).cluster().explicit())
                .containsOnly(Map.entry(key, value));
    }

    @Test
    void temporaryClustersAreEachTheirOwn() throws SQLException {
        ClusterRequest one = plan("jdbc:pglite:temp:").cluster();
        ClusterRequest two = plan("jdbc:pglite:temp:").cluster();
        assertThat(one.key()).isNotEqualTo(two.key());
        assertThat(one.close()).isEqualTo(ClosePolicy.WITH_LAST);
    }

    @Test
    void waysToWriteOneDirectoryAreOneCluster(@TempDir Path dir) throws Exception {
        Path real = Files.createDirectory(dir.resolve("real"));
        Path link = Files.createSymbolicLink(dir.resolve("link"), real);
        String key = plan("jdbc:pglite:file:" + real.resolve("db")).cluster().key();
        assertThat(key).startsWith("file:").endsWith("real/db");
        assertThat(plan("jdbc:pglite:" + link + "/x/../db/").cluster().key()).isEqualTo(key);
        Files.createDirectory(real.resolve("db"));
        ClusterRequest request = plan("jdbc:pglite:file://" + link + "/db").cluster();
        assertThat(request.key()).isEqualTo(key);
        assertThat(request.close()).isEqualTo(ClosePolicy.WITH_LAST);
        assertThat(request.options().get(ClusterOption.DIRECTORY))
                .contains(real.toRealPath().resolve("db"));
    }

    @Test
    void readOnlyIsTheDefaultOfTransactionsUnlessTheUrlSaysOtherwise(@TempDir Path dir)
            throws SQLException {
        String url = "jdbc:pglite:file:" + dir + "?pglite.readOnly=true";
        String setting = "default_transaction_read_only";
        assertThat(plan(url).cluster().options().settings()).containsOnly(Map.entry(setting, "on"));
        assertThat(
                        plan(url + "&pglite.postgres." + setting + "=off")
                                .cluster()
                                .options()
                                .settings())
                .containsOnly(Map.entry(setting, "off"));
    }

    @Test
    void theMetadataUrlCanBeOneOfPgjdbc() throws SQLException {
        assertThat(
                        plan("jdbc:pglite:memory:my app/sales?pglite.metadataUrl=postgresql")
                                .metadataUrl())
                .isEqualTo(
                        "jdbc:postgresql://pglite/sales"
                                + "?socketFactory=io.github.jdbcpglite.jdbc.PGliteSocketFactory"
                                + "&pglite.target=memory%3Amy%2520app");
        assertThat(plan("jdbc:pglite:./x?password=secret").metadataUrl())
                .isEqualTo("jdbc:pglite:./x");
    }

    @Test
    void theLoginTimeoutIsInSecondsWithAFraction() throws SQLException {
        assertThat(plan("jdbc:pglite:?loginTimeout=1.5").loginTimeoutNanos())
                .isEqualTo(1_500_000_000L);
        assertThat(plan("jdbc:pglite:?loginTimeout=0").loginTimeoutNanos()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ?pglite.foo=1               | 08001 | "pglite.foo"
                    ?pglite.maxBackend=1        | 08001 | did you mean "pglite.maxBackends"?
                    ?prepareTreshold=5          | 08001 | did you mean "prepareThreshold"?
                    ?nonsenseNobodyKnows=5      | 08001 | "nonsenseNobodyKnows". Accepted
                    ?pglite.target=memory:x     | 08001 | pglite.target is for jdbc:postgresql:
                    ?pglite.postgres.=1         | 08001 | names no setting
                    ?pglite.postgres.a%20b=1    | 08001 | names no setting
                    ?pgliteBackupIntervalSeconds=1 | 08001 | not supported
                    ?PGHOST=other               | 08001 | remove PGHOST
                    ?PGPORT=1                   | 08001 | remove PGPORT
                    ?service=x                  | 08001 | remove service
                    ?ssl=true                   | 08001 | ssl=true cannot be used
                    ?sslmode=verify-full        | 08001 | sslmode=verify-full cannot be used
                    ?SSLMODE=require            | 08001 | sslmode=require cannot be used
                    ?sslcert=x                  | 08001 | remove sslcert
                    ?gssEncMode=require         | 08001 | gssEncMode=require cannot be used
                    ?channelBinding=require     | 08001 | channelBinding=require cannot be used
                    ?socketFactory=x            | 08001 | remove socketFactory
                    ?pglite.close=5&DB_CLOSE_DELAY=5 | 08001 | mean the same
                    memory:x/a?database=b       | 08001 | names a database twice
                    ?pglite.maxBackends=0       | 22023 | "0" for pglite.maxBackends
                    ?pglite.maxBackends=many    | 22023 | "many" for pglite.maxBackends
                    ?pglite.maxBackends=1001    | 22023 | from 1 to 1000
                    ?pglite.memory=0            | 22023 | "0" for pglite.memory
                    ?pglite.memory=10XB         | 22023 | kB, MB or GB
                    ?pglite.memory=99999999999GB | 22023 | pglite.memory
                    ?pglite.durability=FULL     | 22023 | full, relaxed, off
                    ?pglite.close=-1            | 22023 | jvm, last or a number of seconds
                    ?pglite.metadataUrl=x       | 22023 | pglite, postgresql
                    ?DB_CLOSE_DELAY=x           | 22023 | "x" for DB_CLOSE_DELAY
                    ?relaxedDurability=yes      | 22023 | true, false
                    ?loginTimeout=soon          | 22023 | "soon" for loginTimeout
                    ?loginTimeout=-1            | 22023 | "-1" for loginTimeout
                    ?loginTimeout=NaN           | 22023 | "NaN" for loginTimeout
                    temp:?pglite.close=jvm      | 22023 | temp: ends with its connection
                    """)
    void whatCannotBeUsedIsNamed(String rest, String state, String message) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> plan("jdbc:pglite:" + rest))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(state));
    }

    @Test
    void propertiesAreHeldToTheSameRules() {
        Properties info = new Properties();
        info.setProperty("sslmode", "require");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> ConnectionPlan.of("jdbc:pglite:", info))
                .withMessageContaining("sslmode=require");
        Properties object = new Properties();
        object.put("user", new Object());
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> ConnectionPlan.of("jdbc:pglite:", object))
                .withMessageContaining("user");
    }

    @ParameterizedTest
    @CsvSource({"ssl=false", "sslmode=prefer", "sslmode=disable", "gssEncMode=allow"})
    void whatAsksForNoTlsIsHarmless(String parameter) throws SQLException {
        assertThat(plan("jdbc:pglite:?" + parameter).pgjdbc())
                .containsEntry("sslmode", "disable")
                .containsEntry("gssEncMode", "disable");
    }

    private static ConnectionPlan plan(String url) throws SQLException {
        return ConnectionPlan.of(url, new Properties());
    }
}
