package io.github.jdbcpglite.cli;

import io.github.jdbcpglite.jdbc.PGliteServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Runs a program of PostgreSQL's clients against a database of this JVM. Stateless. */
final class ClientProgram {
    private ClientProgram() {}

    /**
     * Runs a program with libpq's environment pointing at a port that is open as long as it runs.
     *
     * @param info properties as for a connection
     * @return its exit code
     * @throws IOException if it cannot be started
     */
    static int run(String target, Properties info, List<String> command)
            throws SQLException, IOException, InterruptedException {
        // No password is given, so that a made-up one is set only where the role has none.
        try (PGliteServer server = PGliteServer.start(Target.url(target), info)) {
            ProcessBuilder builder = new ProcessBuilder(command);
            Map<String, String> environment = builder.environment();
            environment.put("PGHOST", "127.0.0.1");
            environment.put("PGPORT", Integer.toString(server.getPort()));
            environment.putIfAbsent("PGUSER", server.getUser());
            environment.putIfAbsent("PGDATABASE", "postgres");
            String password = server.getPassword();
            if (password != null) {
                environment.put("PGPASSWORD", password);
            }
            Process process = builder.inheritIO().start();
            try {
                return process.waitFor();
            } finally {
                process.destroy();
            }
        }
    }
}
