package io.github.jdbcpglite.jdbc.internal.database;

import io.github.jdbcpglite.wasm.ClusterService;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A cluster that is opening, open or closing. Guarded by the registry's monitor. */
final class Database {
    final ClusterRequest request;
    final CompletableFuture<ClusterService> opened = new CompletableFuture<>();
    final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
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
