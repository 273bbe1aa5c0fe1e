package io.github.jdbcpglite.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What PostgreSQL and the driver log in this process. Stateless but for the logger's level. */
final class ServerMessages {
    /** Kept, because its level goes with the logger that nobody holds. */
    private static final Logger LOGGER = Logger.getLogger("io.github.jdbcpglite");

    private ServerMessages() {}

    /**
     * Logs failures of the server only: what else it says to a client is shown by the client.
     *
     * <p>Does nothing if the user has configured logging.
     */
    static void leaveToClients() {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            LOGGER.setLevel(Level.SEVERE);
        }
    }
}
