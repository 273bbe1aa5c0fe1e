package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.platform.LimitedLog;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Accepts clients of one cluster. Closing it ends them. */
public final class Listener implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Listener.class.getName());
    private static final int BACKLOG = 64;
    private static final long CLOSE_SECONDS = 10;
    private static final long MAX_PAUSE_MILLIS = 1000;

    /** Waits for a client; what {@link ServerSocketChannel#accept} does. */
    interface Acceptance {
        SocketChannel accept() throws IOException;
    }

    private final Gate gate;
    private final ListenAddress address;
    private final long loginSeconds;
    private final ServerSocketChannel server;
    private final @Nullable SocketFile file;
    private final String name;
    private final Thread acceptor;

    /** Made by the executor when the first client comes. */
    private volatile @Nullable Thread timerThread;

    private final ScheduledThreadPoolExecutor loginTimer;
    private final Acceptance acceptance;
    private final LimitedLog failures = new LimitedLog();
    private final ClientTable clients = new ClientTable();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private int count;

    private Listener(
            Cluster cluster,
            ListenAddress address,
            long loginSeconds,
            ServerSocketChannel server,
            Acceptance acceptance,
            @Nullable SocketFile file,
            String name) {
        this.gate =
                new Gate(
                        cluster,
                        !address.isUnix(),
                        new VerifierLookup(cluster, loginSeconds),
                        new CancelKeys(),
                        failures);
        this.acceptance = acceptance;
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
                            timerThread = thread;
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
    public static Listener open(Cluster cluster, ListenAddress address, long loginSeconds)
            throws IOException {
        return open(cluster, address, loginSeconds, server -> server::accept);
    }

    /** Opens one that waits for clients in another way, for tests. */
    static Listener open(
            Cluster cluster,
            ListenAddress address,
            long loginSeconds,
            Function<ServerSocketChannel, Acceptance> acceptance)
            throws IOException {
        try {
            return bind(cluster, address, loginSeconds, acceptance);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // The last two come of kinds of addresses that this system does not have.
            throw new IOException("cannot listen on " + address.text() + ": " + e.getMessage(), e);
        }
    }

    private static Listener bind(
            Cluster cluster,
            ListenAddress address,
            long loginSeconds,
            Function<ServerSocketChannel, Acceptance> acceptance)
            throws IOException {
        SocketAddress local = address.toSocketAddress();
        ServerSocketChannel server = address.openChannel(local);
        SocketFile file = null;
        boolean done = false;
        try {
            if (address.isUnix()) {
                file = SocketFile.bind(server, address.socketFile(), BACKLOG);
            } else {
                server.bind(local, BACKLOG);
            }
            Listener listener =
                    new Listener(
                            cluster,
                            address,
                            loginSeconds,
                            server,
                            acceptance.apply(server),
                            file,
                            "jdbc-pglite-listen-" + server.getLocalAddress());
            listener.acceptor.setDaemon(true);
            listener.acceptor.start();
            done = true;
            return listener;
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
    public int clientCount() {
        return clients.size();
    }

    /** Takes no more clients; those that are there go on. Idempotent. */
    public void stopAccepting() {
        clients.close();
        try {
            server.close();
            if (file != null) {
                file.remove();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "closing " + name + " failed", e);
        }
        stopped.countDown();
        loginTimer.shutdownNow();
        gate.verifiers().close();
    }

    /** Ends the clients and waits, within a bound, until their threads are gone. Idempotent. */
    @Override
    public void close() {
        stopAccepting();
        Map<Client, Thread> left = clients.all();
        left.keySet().forEach(Client::close);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        try {
            for (Thread thread : left.values()) {
                join(thread, deadline);
            }
            join(acceptor, deadline);
            Thread timer = timerThread;
            if (timer != null) {
                // The executor says that it has terminated while its thread still ends.
                join(timer, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits, within a bound, until the clients that are there have left by themselves. */
    void awaitClients(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (Thread thread : clients.all().values()) {
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
        long pauseMillis = 0;
        while (server.isOpen()) {
            try {
                start(acceptance.accept());
                pauseMillis = 0;
            } catch (IOException | OutOfMemoryError e) {
                if (server.isOpen()) {
                    // One client failed to come in, or there is no descriptor or thread for it:
                    // the system keeps it waiting, and asking again at once would change nothing.
                    failures.log(LOGGER, Level.WARNING, name + " could not accept a client", e);
                    pauseMillis = Math.min(MAX_PAUSE_MILLIS, Math.max(1, 2 * pauseMillis));
                    pause(pauseMillis);
                }
            }
        }
    }

    private void pause(long millis) {
        try {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                LOGGER.log(Level.DEBUG, () -> name + " stops");
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; if somebody does, it pauses no more.
            Thread.currentThread().interrupt();
        }
    }

    private void start(SocketChannel channel) throws IOException {
        boolean started = false;
        Client client = new Client(gate, channel, name + "-" + ++count);
        try {
            if (!address.isUnix()) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            Thread thread = new Thread(() -> serve(client), client.name());
            thread.setDaemon(true);
            if (clients.add(client, thread)) {
                thread.start();
            }
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
        clients.remove(client);
    }

    private void serve(Client client) {
        ScheduledFuture<?> timeout = null;
        try {
            if (!loginTimer.isShutdown()) {
                timeout = loginTimer.schedule(client::giveUp, loginSeconds, TimeUnit.SECONDS);
            }
            client.run();
        } catch (RejectedExecutionException e) {
            // The listener has been closed a moment ago.
            LOGGER.log(Level.DEBUG, () -> client.name() + " came too late", e);
        } catch (OutOfMemoryError e) {
            failures.log(LOGGER, Level.WARNING, "no thread to limit the time of logins", e);
        } finally {
            if (timeout != null) {
                timeout.cancel(false);
            }
            forget(client);
        }
    }
}
