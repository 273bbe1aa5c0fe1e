package io.github.jdbcpglite.postgres.internal.boot;

import io.github.jdbcpglite.postgres.internal.process.Backend;
import io.github.jdbcpglite.postgres.internal.process.GuestProcessLauncher;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where the state comes from that a cluster's processes are forked from. Immutable. */
public sealed interface ForkSource {
    /**
     * Returns that state.
     *
     * @param launcher starts processes over the cluster's files
     * @param cluster what threads are called after
     * @throws InterruptedException if the calling thread is interrupted; a boot then goes on alone
     *     and its result is dropped
     * @throws BootException if PostgreSQL does not start; its log says why
     */
    ForkSnapshot fork(GuestProcessLauncher launcher, String cluster)
            throws InterruptedException, BootException;

    /**
     * Returns whether a process forked ahead is in time for the connection that opens a cluster.
     */
    boolean isImmediate();

    /**
     * PostgreSQL boots over the files, with recovery where they need it.
     *
     * @param settings PostgreSQL's configuration parameters
     */
    record Boot(Map<String, String> settings) implements ForkSource {
        @Override
        public ForkSnapshot fork(GuestProcessLauncher launcher, String cluster)
                throws InterruptedException, BootException {
            AtomicReference<@Nullable ForkSnapshot> result = new AtomicReference<>();
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            Thread thread =
                    new Thread(
                            null,
                            () -> result.set(new ClusterBoot(launcher, settings).run()),
                            "pglite-boot-" + cluster,
                            Backend.STACK_BYTES,
                            false);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((ignored, thrown) -> failure.set(thrown));
            thread.start();
            thread.join();
            ForkSnapshot fork = result.get();
            if (fork == null) {
                throw new BootException(failure.get());
            }
            return fork;
        }

        @Override
        public boolean isImmediate() {
            return false;
        }
    }

    /**
     * The memory of another cluster, over a copy of its files of the moment when that was taken.
     *
     * @param memory of the cluster that was copied
     * @param identifier the system identifier that the files have now
     */
    record Image(ClusterImage memory, long identifier) implements ForkSource {
        @Override
        public ForkSnapshot fork(GuestProcessLauncher launcher, String cluster) {
            return memory.fork(identifier, launcher.timestamp());
        }

        @Override
        public boolean isImmediate() {
            return true;
        }
    }
}
