package io.github.jdbcpglite.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver over clusters that have no PostgreSQL. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PGliteDriverTest {
    private final FakeClusters clusters = new FakeClusters();
    private final ClusterRegistry registry = new ClusterRegistry(clusters);
    private final PGliteDriver driver = new PGliteDriver(new Connector(registry));

    @AfterEach
    void closeClusters() {
        registry.closeAll();
    }

    @Test
    void theDriverManagerFindsIt() throws SQLException {
        assertThat(DriverManager.getDriver("jdbc:pglite:memory:x"))
                .isInstanceOf(PGliteDriver.class);
    }

    @Test
    void otherUrlsAreNotItsBusiness() throws SQLException {
        assertThat(driver.acceptsURL("jdbc:postgresql://localhost/x")).isFalse();
        assertThat(driver.acceptsURL("jdbc:pglitex:")).isFalse();
        assertThat(driver.connect("jdbc:postgresql://localhost/x", new Properties())).isNull();
        assertThat(driver.acceptsURL("jdbc:pglite:nonsense://x")).isTrue();
    }

    @Test
    void propertyInfoListsOursWithDescriptionsAndChoices() throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", "me");
        Map<String, DriverPropertyInfo> all =
                Arrays.stream(
                                driver.getPropertyInfo(
                                        "jdbc:pglite:memory:x/app?pglite.close=last", info))
                        .collect(Collectors.toMap(p -> p.name, Function.identity()));
        assertThat(info(all, "pglite.close").value).isEqualTo("last");
        assertThat(info(all, "pglite.durability").value).isEqualTo("full");
        assertThat(info(all, "pglite.durability").choices)
                .containsExactly("full", "relaxed", "off");
        assertThat(info(all, "pglite.maxBackends").description).contains("1 to 1000");
        assertThat(info(all, "user").value).isEqualTo("me");
        assertThat(info(all, "PGDBNAME").value).isEqualTo("app");
        assertThat(all).containsKeys("currentSchema", "prepareThreshold", "pglite.metadataUrl");
        assertThat(all).doesNotContainKeys("sslmode", "PGHOST", "socketFactory", "pglite.target");
        assertThat(all.values())
                .filteredOn(p -> p.name.startsWith("pglite."))
                .allSatisfy(p -> assertThat(p.description).isNotBlank());
        assertThat(driver.getPropertyInfo("", new Properties())).isNotEmpty();
    }

    @Test
    void aClusterThatDoesNotStartTellsItsLog() {
        clusters.openFailure =
                new ClusterException(
                        ClusterException.Kind.START_FAILED,
                        "PostgreSQL ended while starting",
                        List.of("PANIC:  could not locate a valid checkpoint record"),
                        null);
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> driver.connect("jdbc:pglite:memory:x", new Properties()))
                .withMessageContaining("memory:x")
                .withMessageContaining("could not locate a valid checkpoint record")
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08001"));
        assertThat(registry.size()).isZero();
    }

    @Test
    void aClusterWithoutMemorySaysSoInPostgresqlsWay() {
        clusters.behaviour =
                channel -> {
                    throw new ClusterException(
                            ClusterException.Kind.OUT_OF_MEMORY, "7 of 7 are open");
                };
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> driver.connect("jdbc:pglite:temp:", new Properties()))
                .withMessageContaining("7 of 7 are open")
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("53200"));
        assertThat(registry.size()).as("temp: is gone with its connection").isZero();
    }

    @Test
    void aBackendThatEndsWhileLoggingInIsReportedWithTheLog() {
        clusters.behaviour = channel -> channel.server().close();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> driver.connect("jdbc:pglite:temp:", new Properties()))
                .withMessageContaining("PANIC:  last line")
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08001"));
        assertThat(registry.size()).isZero();
    }

    @Test
    void aBackendThatSaysNothingIsLeftAtTheLoginTimeout() {
        assertThatExceptionOfType(SQLTimeoutException.class)
                .isThrownBy(
                        () ->
                                driver.connect(
                                        "jdbc:pglite:temp:?loginTimeout=0.05", new Properties()))
                .withMessageContaining("login timeout")
                .withMessageContaining("PANIC:  last line");
        assertThat(clusters.opened.get(0).channels)
                .hasSize(1)
                .allSatisfy(channel -> assertThat(channel.server().writable()).isTrue())
                .allSatisfy(
                        channel ->
                                assertThat(channel.server().write(new byte[1], 0, 1))
                                        .isEqualTo(-1));
        assertThat(registry.size()).isZero();
    }

    @Test
    void aClusterThatDoesNotOpenIsLeftAtTheLoginTimeout() {
        clusters.mayOpen = new CountDownLatch(1);
        assertThatExceptionOfType(SQLTimeoutException.class)
                .isThrownBy(
                        () ->
                                driver.connect(
                                        "jdbc:pglite:memory:x?loginTimeout=0.05", new Properties()))
                .withMessageContaining("memory:x");
        clusters.mayOpen.countDown();
    }

    @Test
    void dataSourcesRefuseWhatTheDriverRefuses() {
        PGliteDataSource source = new PGliteDataSource(new Connector(registry));
        source.setUrl("jdbc:pglite:memory:x?pglite.foo=1");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(source::getConnection)
                .withMessageContaining("pglite.foo");
        source.setUrl("jdbc:pglite:temp:");
        source.setProperty("loginTimeout", "0.05");
        assertThatExceptionOfType(SQLTimeoutException.class).isThrownBy(source::getConnection);
        source.setProperty("loginTimeout", null);
        assertThat(source.getProperty("loginTimeout")).isNull();
    }

    private static DriverPropertyInfo info(Map<String, DriverPropertyInfo> all, String name) {
        assertThat(all).containsKey(name);
        return Objects.requireNonNull(all.get(name));
    }
}
