package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.wasm.ClusterException;
import io.github.jdbcpglite.wasm.ClusterService;
import io.github.jdbcpglite.wasm.io.BytePipe;
import io.github.jdbcpglite.wasm.io.ClientEnd;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client of a listener: its channel, its login and, after that, its backend. */
final class Client {
    private static final Logger LOGGER = System.getLogger(Client.class.getName());
    private static final int BUFFER_BYTES = 32 << 10;

    private final ClusterService cluster;
    private final SocketChannel channel;
    private final boolean passwordNeeded;
    private final String name;
    private volatile boolean loggedIn;
    private @Nullable ClientEnd backend;
    private boolean closed;

    Client(ClusterService cluster, SocketChannel channel, boolean passwordNeeded, String name) {
        this.cluster = cluster;
        this.channel = channel;
        this.passwordNeeded = passwordNeeded;
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean isLoggedIn() {
        return loggedIn;
    }

    /** Serves the client until it or its backend leaves. */
    void run() {
        try {
            Optional<Login.Admitted> admitted = new Login(cluster, channel, passwordNeeded).run();
            if (admitted.isPresent()) {
                loggedIn = true;
                serve(admitted.get());
            }
        } catch (ProtocolException e) {
            refuse("08P01", String.valueOf(e.getMessage()));
        } catch (ClusterException e) {
            refuse(
                    switch (e.kind()) {
                        case TOO_MANY -> SqlErrors.TOO_MANY_CONNECTIONS;
                        case OUT_OF_MEMORY -> SqlErrors.OUT_OF_MEMORY;
                        default -> "57P03";
                    },
                    String.valueOf(e.getMessage()));
        } catch (IOException e) {
            // A client that leaves is nothing to complain about.
            LOGGER.log(Level.DEBUG, () -> name + " left", e);
        } finally {
            close();
        }
    }

    private void serve(Login.Admitted admitted) throws IOException, ClusterException {
        ClientEnd end = cluster.connect().client();
        synchronized (this) {
            if (closed) {
                end.close();
                return;
            }
            backend = end;
        }
        end.write(admitted.packet(), 0, admitted.packet().length, BytePipe.NO_DEADLINE);
        if (admitted.cancel()) {
            // The client learns that it has been delivered from the end of the connection.
            awaitEnd(end);
            return;
        }
        Thread replies = new Thread(() -> passReplies(end), name + "-replies");
        replies.setDaemon(true);
        replies.start();
        passRequests(end);
        end.closeOutput();
        try {
            replies.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void passRequests(ClientEnd end) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (channel.read(buffer) >= 0) {
            if (end.serverGone()) {
                return;
            }
            end.write(buffer.array(), 0, buffer.position(), BytePipe.NO_DEADLINE);
            buffer.clear();
        }
    }

    private void passReplies(ClientEnd end) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            int count = end.read(buffer, 0, buffer.length, BytePipe.NO_DEADLINE);
            while (count >= 0) {
                ByteBuffer out = ByteBuffer.wrap(buffer, 0, count);
                while (out.hasRemaining()) {
                    channel.write(out);
                }
                count = end.read(buffer, 0, buffer.length, BytePipe.NO_DEADLINE);
            }
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, () -> name + " left", e);
        } finally {
            // Whoever waits for the client's next request learns that there will be none.
            close();
        }
    }

    private static void awaitEnd(ClientEnd end) throws IOException {
        byte[] dropped = new byte[1];
        int count;
        do {
            count = end.read(dropped, 0, 1, BytePipe.NO_DEADLINE);
        } while (count >= 0);
    }

    private void refuse(String sqlState, String message) {
        try {
            Wire.write(channel, Wire.fatal(sqlState, message));
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, () -> name + " left before it could be told: " + message, e);
        }
    }

    /** Ends everything of this client; idempotent. */
    void close() {
        ClientEnd end;
        synchronized (this) {
            closed = true;
            end = backend;
        }
        if (end != null) {
            end.close();
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, () -> "closing " + name, e);
        }
    }
}
