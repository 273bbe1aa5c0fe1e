package io.github.jdbcpglite.conformance.server;

import java.io.IOException;
import java.util.Locale;

/**
 * A running PostgreSQL 18 server whose answers are taken as right.
 *
 * <p>The property {@code conformance.oracle} selects the kind: {@code docker} for a container,
 * {@code binaries} for the server programs from the Maven artifact, {@code auto} (the default) for
 * the first of the two that this machine can run, and {@code none} for no oracle.
 */
public interface OracleServer extends AutoCloseable {

    /** The locale and encoding of the cluster under test, as initdb arguments. */
    String DEFAULT_INITDB =
            "--encoding=UTF8 --locale=C --lc-ctype=C.UTF-8 --locale-provider=builtin"
                    + " --builtin-locale=C.UTF-8";

    /** Returns a JDBC URL in which {@code {database}} stands for a database's name. */
    String urlTemplate();

    /** Returns the kind of server, for reports. */
    String kind();

    /** Stops the server and removes its data. Idempotent. */
    @Override
    void close();

    /** Returns the initdb arguments in force ({@code conformance.initdb}). */
    static String initdbArguments() {
        return System.getProperty("conformance.initdb", DEFAULT_INITDB);
    }

    /**
     * Starts the selected oracle.
     *
     * @throws OracleUnavailableException if there is none to be had here; the message says why and
     *     how to get one
     * @throws IOException if one that should work does not start
     */
    static OracleServer start() throws OracleUnavailableException, IOException {
        String choice =
                System.getProperty("conformance.oracle", "auto").trim().toLowerCase(Locale.ROOT);
        return switch (choice) {
            case "docker" -> DockerOracle.start();
            case "binaries" -> BinariesOracle.start();
            case "auto" ->
                    DockerOracle.isAvailable() ? DockerOracle.start() : BinariesOracle.start();
            case "none" ->
                    throw new OracleUnavailableException("conformance.oracle=none was given");
            default ->
                    throw new IOException(
                            "conformance.oracle="
                                    + choice
                                    + " is not one of auto, docker, binaries and none");
        };
    }
}
