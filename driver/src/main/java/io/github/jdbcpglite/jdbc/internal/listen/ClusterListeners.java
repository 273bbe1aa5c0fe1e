package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.wasm.ClusterException;
import io.github.jdbcpglite.wasm.ClusterService;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens listeners on clusters and sees to it that there is a password to log in with. */
public final class ClusterListeners {
    private static final long LOGIN_SECONDS = 60;
    private static final int PASSWORD_BYTES = 18;

    private ClusterListeners() {}

    /**
     * A listener and the password for it.
     *
     * @param listener owned by the caller
     * @param password the one given or made up; empty if the role has one already, or needs none
     */
    public record Opened(Listener listener, Optional<String> password) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Opened[" + listener.clientCount() + " clients]";
        }
    }

    /**
     * Opens a listener.
     *
     * <p>Over TCP a role needs a password. The one given becomes the role's; if none is given and
     * the role has none, one is made up and set.
     *
     * @throws IOException if the address cannot be used or the role does not exist
     */
    public static Opened open(ClusterService cluster, ListenRequest request)
            throws IOException, ClusterException {
        Optional<String> password =
                request.address().isUnix() ? Optional.empty() : password(cluster, request);
        return new Opened(Listener.open(cluster, request.address(), LOGIN_SECONDS), password);
    }

    private static Optional<String> password(ClusterService cluster, ListenRequest request)
            throws IOException, ClusterException {
        String user = request.user();
        try (ControlSession session = ControlSession.open(cluster)) {
            String password;
            if (request.password().isPresent()) {
                password = request.password().get();
            } else {
                List<List<@Nullable String>> rows =
                        session.query(
                                "SELECT rolpassword FROM pg_catalog.pg_authid WHERE rolname = "
                                        + ControlSession.literal(user));
                if (!rows.isEmpty() && rows.get(0).get(0) != null) {
                    return Optional.empty();
                }
                byte[] random = new byte[PASSWORD_BYTES];
                new SecureRandom().nextBytes(random);
                password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            }
            session.query(
                    "ALTER ROLE \""
                            + user.replace("\"", "\"\"")
                            + "\" PASSWORD "
                            + ControlSession.literal(password));
            return Optional.of(password);
        }
    }
}
