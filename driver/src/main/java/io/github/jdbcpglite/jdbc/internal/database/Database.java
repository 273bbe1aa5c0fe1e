package io.github.jdbcpglite.jdbc.internal.database;

import io.github.jdbcpglite.wasm.ClusterService;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A cluster that is opening, open or closing. Guarded by the registry's monitor. */
final class Database {
    final ClusterRequest request;
    final CompletableFuture<ClusterService> opened = new CompletableFuture<>();
    final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    /** What has been made in it for those who connect; guarded by itself. */
    final Set<Object> made = new HashSet<>();

    int users;
    boolean closing;
    @Nullable Future<?> delayedClose;

    Database(ClusterRequest request) {
        this.request = request;
    }

    /** Returns the cluster, if it has been opened. */
    Optional<ClusterService> openedService() {
        return opened.isDone() && !opened.isCompletedExceptionally()
                ? Optional.of(opened.join())
                : Optional.empty();
    }

    /** Returns whether something outside this process is to be written when it closes. */
    boolean outlivesProcess() {
        return request.options().directory().isPresent()
                || request.options().backupAtClose().isPresent();
    }
}
