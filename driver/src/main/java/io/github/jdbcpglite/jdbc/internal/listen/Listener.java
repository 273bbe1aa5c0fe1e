package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.wasm.ClusterService;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Accepts clients of one cluster. Closing it ends them. */
public final class Listener implements AutoCloseable {
    /** The most clients at once, those that are still logging in included. */
    static final int MAX_CLIENTS = 256;

    private static final Logger LOGGER = System.getLogger(Listener.class.getName());
    private static final int BACKLOG = 64;
    private static final long CLOSE_SECONDS = 10;

    private final ClusterService cluster;
    private final ListenAddress address;
    private final long loginSeconds;
    private final ServerSocketChannel server;
    private final @Nullable SocketFile file;
    private final String name;
    private final Thread acceptor;
    private final ScheduledThreadPoolExecutor loginTimer;
    private final Map<Client, Thread> clients = new HashMap<>();
    private int count;
    private boolean closed;

    private Listener(
            ClusterService cluster,
            ListenAddress address,
            long loginSeconds,
            ServerSocketChannel server,
            @Nullable SocketFile file,
            String name) {
        this.cluster = cluster;
        this.address = address;
        this.loginSeconds = loginSeconds;
        this.server = server;
        this.file = file;
        this.name = name;
        this.acceptor = new Thread(this::accept, name);
        this.loginTimer =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, name + "-timer");
                            thread.setDaemon(true);
                            return thread;
                        });
        loginTimer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Opens a port or a socket.
     *
     * @param loginSeconds how long a client may take to log in
     * @throws IOException if the address cannot be used
     */
    public static Listener open(ClusterService cluster, ListenAddress address, long loginSeconds)
            throws IOException {
        ServerSocketChannel server =
                address.isUnix()
                        ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        : ServerSocketChannel.open();
        SocketFile file = null;
        boolean done = false;
        try {
            if (address.isUnix()) {
                file = SocketFile.bind(server, address.socketFile(), BACKLOG);
            } else {
                server.bind(address.toSocketAddress(), BACKLOG);
            }
            Listener listener =
                    new Listener(
                            cluster,
                            address,
                            loginSeconds,
                            server,
                            file,
                            "jdbc-pglite-listen-" + server.getLocalAddress());
            listener.acceptor.setDaemon(true);
            listener.acceptor.start();
            done = true;
            return listener;
        } catch (IOException e) {
            throw new IOException("cannot listen on " + address.text() + ": " + e.getMessage(), e);
        } finally {
            if (!done) {
                server.close();
                if (file != null) {
                    file.remove();
                }
            }
        }
    }

    /** Returns where it listens; for a port 0, the one that was found. */
    public SocketAddress localAddress() throws IOException {
        return server.getLocalAddress();
    }

    /** Returns how many clients there are, those that are still logging in included. */
    public synchronized int clientCount() {
        return clients.size();
    }

    /** Takes no more clients; those that are there go on. Idempotent. */
    public void stopAccepting() {
        synchronized (this) {
            closed = true;
        }
        try {
            server.close();
            if (file != null) {
                file.remove();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "closing " + name + " failed", e);
        }
        loginTimer.shutdownNow();
    }

    /** Ends the clients and waits, within a bound, until their threads are gone. Idempotent. */
    @Override
    public void close() {
        stopAccepting();
        Map<Client, Thread> left;
        synchronized (this) {
            left = Map.copyOf(clients);
        }
        left.keySet().forEach(Client::close);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        try {
            for (Thread thread : left.values()) {
                join(thread, deadline);
            }
            join(acceptor, deadline);
            if (!loginTimer.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOGGER.log(Level.WARNING, "the timer of " + name + " did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits, within a bound, until the clients that are there have left by themselves. */
    void awaitClients(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Thread> threads;
        synchronized (this) {
            threads = List.copyOf(clients.values());
        }
        try {
            for (Thread thread : threads) {
                join(thread, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread, long deadlineNanos) throws InterruptedException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (millis > 0 && thread != Thread.currentThread()) {
            thread.join(millis);
        }
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel channel = server.accept();
                if (!address.isUnix()) {
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
                start(channel);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // One client failed to come in, or there are no descriptors left for it.
                LOGGER.log(Level.WARNING, name + " could not accept a client", e);
            }
        }
    }

    private void start(SocketChannel channel) throws IOException {
        Client client;
        Thread thread;
        synchronized (this) {
            if (closed) {
                channel.close();
                return;
            }
            if (clients.size() >= MAX_CLIENTS) {
                try (channel) {
                    Wire.write(channel, Wire.fatal("53300", "sorry, too many clients already"));
                }
                return;
            }
            client = new Client(cluster, channel, !address.isUnix(), name + "-" + ++count);
            thread = new Thread(() -> serve(client), client.name());
            thread.setDaemon(true);
            clients.put(client, thread);
        }
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                // No thread could be made: nobody else would end this client.
                forget(client);
            }
        }
    }

    private void forget(Client client) {
        client.close();
        synchronized (this) {
            clients.remove(client);
        }
    }

    private void serve(Client client) {
        ScheduledFuture<?> timeout = null;
        try {
            if (!loginTimer.isShutdown()) {
                timeout = loginTimer.schedule(() -> expire(client), loginSeconds, TimeUnit.SECONDS);
            }
            client.run();
        } finally {
            if (timeout != null) {
                timeout.cancel(false);
            }
            forget(client);
        }
    }

    private static void expire(Client client) {
        if (!client.isLoggedIn()) {
            client.close();
        }
    }
}
