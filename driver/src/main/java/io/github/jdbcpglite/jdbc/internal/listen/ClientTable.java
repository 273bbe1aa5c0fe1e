package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a listener that have a thread, within two bounds. Thread-safe.
 *
 * <p>Of those that are still logging in the one that came first has to leave for the next when
 * there are too many: whoever knows a password needs a moment only, so that sockets that stay
 * silent keep nobody out.
 */
final class ClientTable {
    /** The most at once. */
    static final int MAX_CLIENTS = 384;

    /** The most that are logging in. */
    static final int MAX_LOGGING_IN = 128;

    /** In the order in which they came. */
    private final Map<Client, Thread> threads = new LinkedHashMap<>();

    private boolean closed;

    /**
     * Adds a client, or ends it.
     *
     * @param thread will serve it; not started yet
     * @return whether it is to be served
     */
    boolean add(Client client, Thread thread) {
        Client longest;
        synchronized (this) {
            if (closed || threads.size() >= MAX_CLIENTS) {
                longest = client;
            } else {
                longest = longestLoggingIn();
                threads.put(client, thread);
            }
        }
        if (longest == client) {
            client.refuse(SqlErrors.TOO_MANY_CONNECTIONS, "sorry, too many clients already");
            client.close();
            return false;
        }
        if (longest != null) {
            longest.makeRoom();
        }
        return true;
    }

    /** Returns the client that has to leave for another, or {@code null} if there is room. */
    private @Nullable Client longestLoggingIn() {
        List<Client> waiting = threads.keySet().stream().filter(Client::isLoggingIn).toList();
        return waiting.size() < MAX_LOGGING_IN ? null : waiting.get(0);
    }

    synchronized void remove(Client client) {
        threads.remove(client);
    }

    synchronized int size() {
        return threads.size();
    }

    /** Takes no more. */
    synchronized void close() {
        closed = true;
    }

    synchronized Map<Client, Thread> all() {
        return Map.copyOf(threads);
    }
}
