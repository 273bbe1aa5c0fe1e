package io.github.jdbcpglite.jdbc;

import java.util.List;

/** The MBean of the open clusters; see {@link PGliteClusters#registerMBean}. Thread-safe. */
public interface PGliteClustersMXBean {
    /** Returns the open clusters. */
    List<PGliteClusterInfo> getClusters();

    /** Returns how many clusters are open. */
    int getClusterCount();

    /** Returns how many backends run in all clusters together. */
    int getConnectionCount();

    /** Returns the sums of all clusters, of those that were closed too. */
    PGliteClusterMetrics getTotals();
}
