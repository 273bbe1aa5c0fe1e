package io.github.jdbcpglite.internals;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.postgres.cluster.ClusterFactory;
import io.github.jdbcpglite.postgres.internal.opening.EmbeddedClusters;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Clusters in directories whose file system fails where a rule says so. */
public final class FaultyClusters {
    /** Decides about one call. */
    public interface Rule {
        /**
         * Returns the error of a call, or {@code null} to let it be.
         *
         * @param operation a method of {@link FileSystem} or {@link FileHandle}
         * @param path within the data directory
         */
        @Nullable Errno errorOf(String operation, String path);
    }

    private static final Rule NONE = (operation, path) -> null;

    private final AtomicInteger faults = new AtomicInteger();
    private volatile Rule rule = NONE;
    private volatile int longestWrite = Integer.MAX_VALUE;

    /** Returns a factory of clusters that fail by the rule of this object. */
    public ClusterFactory factory() {
        return EmbeddedClusters.filtered(this::wrap);
    }

    /** Sets the rule. */
    public void fail(Rule value) {
        faults.set(0);
        rule = value;
    }

    /** Lets everything succeed again. */
    public void heal() {
        rule = NONE;
        longestWrite = Integer.MAX_VALUE;
    }

    /**
     * Lets each write of relations and WAL take no more than that many bytes. PostgreSQL goes on
     * with the rest there; elsewhere it takes a short write for a full disk.
     */
    public void shortWrites(int bytes) {
        longestWrite = bytes;
    }

    /** Returns how often the rule has failed a call. */
    public int faults() {
        return faults.get();
    }

    private FileSystem wrap(FileSystem behind) {
        return (FileSystem)
                Proxy.newProxyInstance(
                        FaultyClusters.class.getClassLoader(),
                        new Class<?>[] {FileSystem.class},
                        (proxy, method, arguments) -> {
                            String path = arguments == null ? "" : arguments[0].toString();
                            Object result = call(behind, method, arguments, path);
                            return result instanceof FileHandle handle
                                    ? wrap(handle, path)
                                    : result;
                        });
    }

    private FileHandle wrap(FileHandle behind, String path) {
        return (FileHandle)
                Proxy.newProxyInstance(
                        FaultyClusters.class.getClassLoader(),
                        new Class<?>[] {FileHandle.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("write") && isShortened(path)) {
                                arguments[3] = Math.min((Integer) arguments[3], longestWrite);
                            }
                            return call(behind, method, arguments, path);
                        });
    }

    private static boolean isShortened(String path) {
        return path.startsWith("/base/") || path.startsWith("/pg_wal/");
    }

    private Object call(Object behind, Method method, Object[] arguments, String path)
            throws Throwable {
        Errno error = rule.errorOf(method.getName(), path);
        if (error != null) {
            faults.incrementAndGet();
            throw new ErrnoException(error);
        }
        try {
            return method.invoke(behind, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
