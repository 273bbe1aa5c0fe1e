package io.github.jdbcpglite.jdbc.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteClusterMetrics;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private static final String URL = "jdbc:pglite:memory:clusters-test?pglite.close=last";

    @Test
    void tellsWhichClustersAreOpen() throws Exception {
        try (Connection one = DriverManager.getConnection(URL);
                Connection two = DriverManager.getConnection(URL)) {
            assertThat(one.isValid(10) && two.isValid(10)).isTrue();
            assertThat(PGliteClusters.open())
                    .filteredOn(cluster -> cluster.getName().equals("memory:clusters-test"))
                    .singleElement()
                    .satisfies(
                            cluster -> {
                                assertThat(cluster.getConnections()).isEqualTo(2);
                                assertThat(cluster.getMetrics().getConnections()).isEqualTo(2);
                                assertThat(cluster.getMetrics().getBytesSent()).isPositive();
                            });
            PGliteClusterMetrics metrics = PGliteClusters.totals();
            assertThat(metrics.getConnections()).isGreaterThanOrEqualTo(2);
        }
        assertThat(PGliteClusters.open())
                .noneMatch(cluster -> cluster.getName().equals("memory:clusters-test"));
    }

    @Test
    void showsThemAsMBean() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(PGliteClusters.MBEAN_NAME);
        PGliteClusters.registerMBean();
        PGliteClusters.registerMBean();
        try (Connection connection = DriverManager.getConnection(URL)) {
            assertThat(connection.isValid(10)).isTrue();
            CompositeData[] clusters = (CompositeData[]) server.getAttribute(name, "Clusters");
            assertThat(clusters)
                    .anySatisfy(
                            cluster -> {
                                assertThat(cluster.get("name")).isEqualTo("memory:clusters-test");
                                CompositeData metrics = (CompositeData) cluster.get("metrics");
                                assertThat(metrics.get("connections")).isEqualTo(1);
                                assertThat((Long) metrics.get("bytesReceived")).isPositive();
                            });
            CompositeData totals = (CompositeData) server.getAttribute(name, "Totals");
            assertThat((Long) totals.get("bytesReceived")).isPositive();
            assertThat((Integer) server.getAttribute(name, "ConnectionCount")).isPositive();
        } finally {
            PGliteClusters.unregisterMBean();
            PGliteClusters.unregisterMBean();
        }
        assertThat(server.isRegistered(name)).isFalse();
    }
}
