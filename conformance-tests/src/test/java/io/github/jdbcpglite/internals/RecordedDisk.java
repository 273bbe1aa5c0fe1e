package io.github.jdbcpglite.internals;

import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.FileType;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.postgres.cluster.ClusterFactory;
import io.github.jdbcpglite.postgres.internal.opening.EmbeddedClusters;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Clusters in directories whose writes and syncs are noted, in their order, so that what a disk may
 * hold after a loss of power can be made of them. Thread-safe; one cluster at a time.
 */
public final class RecordedDisk {
    /** What was done. Files are numbered, as their names change. */
    public interface Operation {}

    /** A file or, with the number -1, a directory got a name. */
    public record Create(String path, int file) implements Operation {}

    /** A name went. */
    public record Remove(String path) implements Operation {}

    /** A name changed. */
    public record Rename(String from, String to) implements Operation {}

    /** Bytes were written. */
    public record Write(int file, long position, byte[] bytes) implements Operation {}

    /** A file got another size. */
    public record Truncate(int file, long size) implements Operation {}

    /** A file, or a directory with the number -1, was made durable. */
    public record Sync(int file) implements Operation {}

    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    /** Returns a factory of clusters that are recorded. */
    public ClusterFactory factory() {
        return EmbeddedClusters.filtered(this::wrap);
    }

    /** Returns how many operations there were. */
    public synchronized int position() {
        return operations.size();
    }

    /** Returns what was done so far. */
    public synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Returns the first name of each file that was there before. */
    public synchronized Map<Integer, String> names() {
        return Map.copyOf(names);
    }

    private int number(String path) {
        return numbers.computeIfAbsent(
                path,
                unknown -> {
                    int number = names.size();
                    names.put(number, path);
                    return number;
                });
    }

    private FileSystem wrap(FileSystem behind) {
        return proxy(
                FileSystem.class,
                (method, arguments) -> {
                    synchronized (this) {
                        return fileSystemCall(behind, method, arguments);
                    }
                });
    }

    private @Nullable Object fileSystemCall(FileSystem behind, Method method, Object[] arguments)
            throws Throwable {
        if (arguments.length == 0 || !(arguments[0] instanceof String path)) {
            return call(behind, method, arguments);
        }
        if (method.getName().equals("open")) {
            int flags = (Integer) arguments[1];
            boolean isNew = (flags & OpenFlags.CREATE) != 0 && !exists(behind, path);
            FileHandle handle =
                    (FileHandle) Objects.requireNonNull(call(behind, method, arguments));
            boolean directory = (flags & OpenFlags.DIRECTORY) != 0 || isDirectory(behind, path);
            int number = directory ? -1 : number(path);
            if (isNew) {
                operations.add(new Create(path, number));
            } else if ((flags & OpenFlags.TRUNCATE) != 0) {
                operations.add(new Truncate(number, 0));
            }
            return wrap(handle, number);
        }
        Object result = call(behind, method, arguments);
        switch (method.getName()) {
            case "makeDirectory" -> operations.add(new Create(path, -1));
            case "removeDirectory", "unlink" -> {
                operations.add(new Remove(path));
                numbers.remove(path);
            }
            case "rename" -> {
                String to = (String) arguments[1];
                number(path);
                operations.add(new Rename(path, to));
                renamed(path, to);
            }
            default -> {
                // Reads, or changes attributes.
            }
        }
        return result;
    }

    private void renamed(String from, String to) {
        for (String path : List.copyOf(numbers.keySet())) {
            if (path.equals(from) || path.startsWith(from + "/")) {
                numbers.put(to + path.substring(from.length()), numbers.remove(path));
            }
        }
    }

    private static boolean exists(FileSystem files, String path) {
        try {
            files.stat(path, true);
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    private static boolean isDirectory(FileSystem files, String path) throws ErrnoException {
        return files.stat(path, true).type() == FileType.DIRECTORY;
    }

    private FileHandle wrap(FileHandle behind, int number) {
        return proxy(
                FileHandle.class,
                (method, arguments) -> {
                    synchronized (this) {
                        return handleCall(behind, number, method, arguments);
                    }
                });
    }

    private @Nullable Object handleCall(
            FileHandle behind, int number, Method method, Object[] arguments) throws Throwable {
        long size = method.getName().equals("append") ? behind.size() : 0;
        Object result = call(behind, method, arguments);
        switch (method.getName()) {
            case "write" -> {
                int from = (Integer) arguments[2];
                byte[] bytes =
                        Arrays.copyOfRange((byte[]) arguments[1], from, from + count(result));
                operations.add(new Write(number, (Long) arguments[0], bytes));
            }
            case "append" -> {
                int from = (Integer) arguments[1];
                byte[] bytes =
                        Arrays.copyOfRange((byte[]) arguments[0], from, from + count(result));
                operations.add(new Write(number, size, bytes));
            }
            case "truncate" -> operations.add(new Truncate(number, (Long) arguments[0]));
            case "allocate" -> operations.add(new Truncate(number, behind.size()));
            case "sync" -> operations.add(new Sync(number));
            default -> {
                // Reads, or changes attributes.
            }
        }
        return result;
    }

    private static int count(@Nullable Object result) {
        return (Integer) Objects.requireNonNull(result);
    }

    private interface Call {
        @Nullable Object make(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        RecordedDisk.class.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) ->
                                call.make(method, arguments == null ? new Object[0] : arguments)));
    }

    private static @Nullable Object call(Object behind, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(behind, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
