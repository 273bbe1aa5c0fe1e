package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PasswordUtil;

/** Opens listeners on clusters and sees to it that there is a password to log in with. */
public final class ClusterListeners {
    private static final long LOGIN_SECONDS = 60;
    private static final int PASSWORD_BYTES = 18;

    /** As PostgreSQL's, so that this role's salt is like that of others. */
    private static final int SALT_BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

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
     * the role has none, one is made up.
     *
     * @param mayMakeUp whether the caller can tell somebody a password that was made up
     * @throws IOException if the address cannot be used or the role does not exist
     * @throws ClusterException of kind {@code INVALID} if a password is needed and none was given
     */
    public static Opened open(Cluster cluster, ListenRequest request, boolean mayMakeUp)
            throws IOException, ClusterException {
        Optional<String> password =
                request.address().isUnix()
                        ? Optional.empty()
                        : password(cluster, request, mayMakeUp);
        return new Opened(Listener.open(cluster, request.address(), LOGIN_SECONDS), password);
    }

    private static Optional<String> password(
            Cluster cluster, ListenRequest request, boolean mayMakeUp)
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
                if (!mayMakeUp) {
                    throw new ClusterException(
                            ClusterException.Kind.INVALID,
                            "clients over TCP need a password, and the role "
                                    + user
                                    + " has none: set password or pglite.listenPassword");
                }
                password = madeUp();
            }
            setPassword(session, user, password);
            return Optional.of(password);
        }
    }

    /** Sets a password without telling it: statements may come into a log. */
    private static void setPassword(ControlSession session, String user, String password)
            throws IOException {
        List<List<@Nullable String>> iterations = session.query("SHOW scram_iterations");
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        String verifier =
                PasswordUtil.encodeScramSha256(
                        password.toCharArray(),
                        Integer.parseInt(String.valueOf(iterations.get(0).get(0))),
                        salt);
        session.query(
                "ALTER ROLE \""
                        + user.replace("\"", "\"\"")
                        + "\" PASSWORD "
                        + ControlSession.literal(verifier));
    }

    private static String madeUp() {
        byte[] random = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
