package io.github.jdbcpglite.postgres.cluster;

/** What is to run the code of a cluster. */
public enum EngineChoice {
    /** Native code, if there is some for this platform and for all that the cluster may load. */
    AUTO,
    /** Native code, or the cluster does not start. */
    NATIVE,
    /** Classes of the JVM. */
    BYTECODE
}
