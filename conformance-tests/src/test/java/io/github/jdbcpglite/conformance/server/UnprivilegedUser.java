package io.github.jdbcpglite.conformance.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs programs as another user when the build runs as root, which PostgreSQL refuses to serve.
 *
 * <p>The user is a bare number, the one that {@code nobody} has on Linux, so no account is made.
 */
final class UnprivilegedUser {
    private static final int UID = 65534;

    private UnprivilegedUser() {}

    static boolean needed() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Returns the command that runs {@code command} without root's rights. */
    static List<String> command(List<String> command) throws OracleUnavailableException {
        if (!needed()) {
            return command;
        }
        List<String> wrapped = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            wrapped.addAll(
                    List.of(
                            "/usr/bin/setpriv",
                            "--reuid=" + UID,
                            "--regid=" + UID,
                            "--clear-groups"));
        } else if (Files.isExecutable(Path.of("/usr/sbin/runuser"))) {
            wrapped.addAll(List.of("/usr/sbin/runuser", "-u", "nobody", "--"));
        } else {
            throw new OracleUnavailableException(
                    "the build runs as root and neither setpriv nor runuser is installed");
        }
        wrapped.addAll(command);
        return wrapped;
    }

    /** Gives {@code path} to the user that {@link #command} switches to. */
    static void give(Path path) throws IOException {
        if (needed()) {
            Files.setAttribute(path, "unix:uid", UID);
            Files.setAttribute(path, "unix:gid", UID);
        }
    }
}
