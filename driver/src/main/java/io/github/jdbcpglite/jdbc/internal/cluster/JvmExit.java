package io.github.jdbcpglite.jdbc.internal.cluster;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Closes clusters when the JVM ends, after those who use them. Runs once, in the shutdown hook.
 *
 * <p>While other hooks run, the application may need its connections, whether it has used them of
 * late or not. After that only threads are left that the JVM does not wait for: they may finish a
 * statement or a transaction, and whoever has been idle once has had that.
 */
final class JvmExit {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ClusterRegistry registry;
    private final LastHook hook;
    private final long startNanos = System.nanoTime();

    /** Users that have not been idle since all other hooks have ended; until then, nobody knows. */
    private @Nullable Set<ClusterHandle> busy;

    JvmExit(ClusterRegistry registry, LastHook hook) {
        this.registry = registry;
        this.hook = hook;
    }

    /** Returns when every cluster is closed that has to be. */
    void run() {
        while (!registry.endExit(busy != null)) {
            lookForUsers();
            List<RegisteredCluster> due =
                    registry.awaitedAtExit().stream().filter(this::isDue).toList();
            due.forEach(registry::closeAtExit);
            if (due.isEmpty()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private void lookForUsers() {
        if (busy == null && hook.othersHaveEnded()) {
            busy = registry.usersAtExit();
        }
        if (busy != null) {
            busy.removeIf(user -> !user.isInUse());
        }
    }

    private boolean isDue(RegisteredCluster cluster) {
        long waitNanos = TimeUnit.SECONDS.toNanos(cluster.request.close().exitWaitSeconds());
        return System.nanoTime() - startNanos >= waitNanos
                || (busy != null && busy.stream().noneMatch(user -> user.cluster() == cluster));
    }
}
