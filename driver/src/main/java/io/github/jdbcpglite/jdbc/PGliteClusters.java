package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.postgres.cluster.Cluster;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What clusters this JVM has open, for management and metrics. Thread-safe. */
public final class PGliteClusters {
    /** The name of the MBean that {@link #registerMBean} registers. */
    public static final String MBEAN_NAME = "io.github.jdbcpglite:type=Clusters";

    private PGliteClusters() {}

    /** Returns the clusters that are open now, in no particular order. */
    public static List<PGliteClusterInfo> open() {
        List<PGliteClusterInfo> all = new ArrayList<>();
        for (Cluster service : Connector.SHARED.registry().services()) {
            all.add(
                    new Info(
                            service.name(),
                            service.engine(),
                            service.backendCount(),
                            new PGliteClusterMetrics(service.metrics()),
                            service.recentLog()));
        }
        return all;
    }

    /** Returns the sums of all clusters that this JVM has or had; what is counted only grows. */
    public static PGliteClusterMetrics totals() {
        return new PGliteClusterMetrics(Connector.SHARED.registry().totals());
    }

    /**
     * Registers an MBean of type {@link PGliteClustersMXBean} with the platform's server, unless it
     * is registered already. The driver does not do so by itself, because it takes longer than a
     * connection.
     *
     * @throws IllegalStateException if the server refuses it
     */
    public static void registerMBean() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            server.registerMBean(new Bean(), new ObjectName(MBEAN_NAME));
        } catch (InstanceAlreadyExistsException e) {
            // Somebody else has asked for it before, and it shows the same.
            return;
        } catch (JMException e) {
            throw new IllegalStateException("cannot register " + MBEAN_NAME, e);
        }
    }

    /** Takes the MBean out of the platform's server; does nothing if it is not registered. */
    public static void unregisterMBean() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName name = new ObjectName(MBEAN_NAME);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("cannot unregister " + MBEAN_NAME, e);
        }
    }

    private record Info(
            String name,
            String engine,
            int connections,
            PGliteClusterMetrics metrics,
            List<String> recentLog)
            implements PGliteClusterInfo {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getEngine() {
            return engine;
        }

        @Override
        public int getConnections() {
            return connections;
        }

        @Override
        public PGliteClusterMetrics getMetrics() {
            return metrics;
        }

        @Override
        public List<String> getRecentLog() {
            return recentLog;
        }
    }

    private static final class Bean implements PGliteClustersMXBean {
        @Override
        public List<PGliteClusterInfo> getClusters() {
            return open();
        }

        @Override
        public int getClusterCount() {
            return open().size();
        }

        @Override
        public int getConnectionCount() {
            return open().stream().mapToInt(PGliteClusterInfo::getConnections).sum();
        }

        @Override
        public PGliteClusterMetrics getTotals() {
            return totals();
        }
    }
}
