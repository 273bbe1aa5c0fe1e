package io.github.jdbcpglite.jdbc.internal.cluster;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.Supplier;

/**
 * Makes threads that may outlive the application that happens to be the first to need them, as when
 * a server or Spring Boot's DevTools starts it again with another class loader. Stateless.
 *
 * <p>Such a thread must not keep that class loader: neither as its context class loader, nor
 * through thread locals, nor through the protection domains of whoever is on the stack when it is
 * made, which threads keep up to JDK 23.
 */
final class LastingThreads {
    private static final long DEFAULT_STACK = 0;

    private LastingThreads() {}

    /**
     * Makes a daemon thread, to be started; the threads that it makes keep no more than it does.
     */
    static Thread make(Runnable task, String name) {
        return make(() -> new Thread(null, task, name, DEFAULT_STACK, false));
    }

    /**
     * Makes a daemon thread, to be started.
     *
     * @param constructor makes one that inherits no thread locals
     */
    @SuppressWarnings("removal") // nothing else cuts the stack; where it is gone, so is the need
    @SuppressForbidden(reason = "nothing else cuts the stack")
    static <T extends Thread> T make(Supplier<T> constructor) {
        return AccessController.doPrivileged(
                (PrivilegedAction<T>)
                        () -> {
                            T thread = constructor.get();
                            thread.setDaemon(true);
                            thread.setContextClassLoader(LastingThreads.class.getClassLoader());
                            return thread;
                        });
    }
}
