package io.github.jdbcpglite.testing;

/** What each test has for itself. */
public enum Isolation {
    /**
     * A whole cluster: databases, roles, settings and a giant lock. Tests in parallel use as many
     * cores as there are.
     */
    CLUSTER {
        @Override
        Copies copies() {
            return ClusterCopies.SHARED;
        }
    },
    /** A database in one cluster that all tests share; so are roles and what is logged. */
    DATABASE {
        @Override
        Copies copies() {
            return DatabaseCopies.SHARED;
        }
    };

    /** Returns what makes copies of this kind. */
    abstract Copies copies();
}
