package io.github.jdbcpglite.jdbc.internal.cluster;

import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A cluster that is opening, open or closing. Guarded by the registry's monitor. */
final class RegisteredCluster {
    final ClusterRequest request;
    final CompletableFuture<Cluster> opened = new CompletableFuture<>();
    final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    final Set<ClusterHandle> handles = new HashSet<>();

    /** What has been made in it for those who connect; guarded by itself. */
    final Set<Object> made = new HashSet<>();

    int users;
    boolean closing;

    /** Whether the end of the JVM waits for it to be closed. */
    boolean awaitedAtExit;

    /** Whether nobody would close it after its last user, because the JVM is ending. */
    boolean closesWithLastUser;

    @Nullable Future<?> delayedClose;

    RegisteredCluster(ClusterRequest request) {
        this.request = request;
    }

    /** Returns the cluster, if it has been opened. */
    Optional<Cluster> openedService() {
        return opened.isDone() && !opened.isCompletedExceptionally()
                ? Optional.of(opened.join())
                : Optional.empty();
    }

    /** Returns whether the end of the JVM is to close it, which writes something to the disk. */
    boolean isToCloseAtExit() {
        return request.close().closesAtExit()
                && (request.options().has(ClusterOption.DIRECTORY)
                        || request.options().has(ClusterOption.BACKUP_AT_CLOSE));
    }

    /** Returns how many seconds after its last user it closes, or a negative number for never. */
    int closeDelaySeconds() {
        return closesWithLastUser ? 0 : request.close().delaySeconds();
    }
}
