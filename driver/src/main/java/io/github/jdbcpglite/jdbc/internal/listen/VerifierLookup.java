package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks PostgreSQL for the verifiers of roles, each time anew, so that a changed password, a dropped
 * role or {@code VALID UNTIL} counts at once. Thread-safe.
 *
 * <p>Those who ask take turns with one session, so that however many strangers knock, no more than
 * one backend is spent on them. It lasts while somebody waits for it and no longer: a session that
 * stays would be in the way of {@code CREATE DATABASE … TEMPLATE} and of templates.
 */
final class VerifierLookup implements AutoCloseable {
    /** A cluster that is full is not asked again at once: it writes a line in its log each time. */
    private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Cluster cluster;
    private final long waitSeconds;
    private final ReentrantLock turn = new ReentrantLock(true);

    // Guarded by this; the session is used by who has the turn.
    private @Nullable ControlSession session;
    private int askers;
    private boolean closed;

    // Guarded by the turn.
    private @Nullable SessionException refusal;
    private long refusedNanos;

    private volatile byte @Nullable [] nonce;

    /**
     * Makes one that has no session yet.
     *
     * @param waitSeconds how long to wait for one's turn
     */
    VerifierLookup(Cluster cluster, long waitSeconds) {
        this.cluster = cluster;
        this.waitSeconds = waitSeconds;
    }

    /**
     * Returns the verifier to challenge a client with: the role's, or one that no password fits if
     * the role does not exist or has no valid one.
     *
     * @throws SessionException if PostgreSQL refuses to answer
     */
    ScramVerifier find(String user) throws IOException, ClusterException {
        synchronized (this) {
            requireOpen();
            askers++;
        }
        try {
            if (!turn.tryLock(waitSeconds, TimeUnit.SECONDS)) {
                throw new SessionException("57P03", "too many clients are logging in");
            }
            try {
                return verifier(user, ask(user));
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            leave();
        }
    }

    private void leave() {
        ControlSession unused = null;
        synchronized (this) {
            if (--askers == 0) {
                unused = session;
                session = null;
            }
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** Ends the session, and with it the question that is being asked. Idempotent. */
    @Override
    public void close() {
        ControlSession left;
        synchronized (this) {
            closed = true;
            left = session;
            session = null;
        }
        if (left != null) {
            left.abort();
        }
    }

    private void requireOpen() throws ClusterException {
        if (closed) {
            throw new ClusterException(
                    ClusterException.Kind.CLOSED, "the cluster takes no more connections");
        }
    }

    private ScramVerifier verifier(String user, List<@Nullable String> answer)
            throws ClusterException {
        String password = answer.get(0);
        Optional<ScramVerifier> known =
                password == null ? Optional.empty() : ScramVerifier.parse(password);
        return known.isPresent()
                ? known.get()
                : ScramVerifier.mock(
                        user, nonce(), Integer.parseInt(String.valueOf(answer.get(1))));
    }

    /** Returns the one row: the role's password, if it has a valid one, and the iterations. */
    private List<@Nullable String> ask(String user) throws IOException, ClusterException {
        // What is no UTF-8 is nobody's name, not even that of a role called U+FFFD.
        String name = user.indexOf('\ufffd') < 0 ? user : "";
        String sql =
                "SELECT (SELECT rolpassword FROM pg_catalog.pg_authid WHERE rolname = "
                        + ControlSession.literal(name)
                        + " AND (rolvaliduntil IS NULL OR rolvaliduntil > pg_catalog.now())),"
                        + " pg_catalog.current_setting('scram_iterations')";
        ControlSession present;
        synchronized (this) {
            present = session;
        }
        if (present != null) {
            try {
                return present.query(sql).get(0);
            } catch (IOException e) {
                // Somebody may have ended it since the last question: what is wrong with more than
                // this session shows with the next.
                forget(present);
            }
        }
        SessionException refused = refusal;
        if (refused != null && System.nanoTime() - refusedNanos < REFUSED_NANOS) {
            throw refused;
        }
        refusal = null;
        ControlSession fresh = ControlSession.connect(cluster);
        boolean done = false;
        try {
            synchronized (this) {
                requireOpen();
                session = fresh;
            }
            fresh.start();
            List<@Nullable String> row = fresh.query(sql).get(0);
            done = true;
            return row;
        } catch (SessionException e) {
            refusal = e;
            refusedNanos = System.nanoTime();
            throw e;
        } finally {
            if (!done) {
                forget(fresh);
            }
        }
    }

    private void forget(ControlSession failed) {
        synchronized (this) {
            if (session == failed) {
                session = null;
            }
        }
        failed.abort();
    }

    private byte[] nonce() throws ClusterException {
        byte[] known = nonce;
        if (known == null) {
            known = cluster.mockAuthenticationNonce();
            nonce = known;
        }
        return known;
    }
}
