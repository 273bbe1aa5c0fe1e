package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.postgres.channel.BytePipe;
import io.github.jdbcpglite.postgres.channel.ClientEnd;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One client of a listener: its channel, its login and, after that, its backend. */
final class Client {
    private static final Logger LOGGER = System.getLogger(Client.class.getName());
    private static final int BUFFER_BYTES = 32 << 10;

    private enum State {
        LOGGING_IN,
        LOGGED_IN,
        ENDED
    }

    private final Gate gate;
    private final SocketChannel channel;
    private final String name;
    private final AtomicReference<State> state = new AtomicReference<>(State.LOGGING_IN);
    private @Nullable ClientEnd backend;
    private boolean closed;

    Client(Gate gate, SocketChannel channel, String name) {
        this.gate = gate;
        this.channel = channel;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Returns whether it has not proved anything yet and is still waited for. */
    boolean isLoggingIn() {
        return state.get() == State.LOGGING_IN;
    }

    /** Serves the client until it or its backend leaves. */
    void run() {
        try {
            Optional<Login.Admitted> admitted = new Login(gate, channel).run();
            if (admitted.isPresent() && state.compareAndSet(State.LOGGING_IN, State.LOGGED_IN)) {
                serve(admitted.get());
            }
        } catch (ProtocolException e) {
            refuse("08P01", String.valueOf(e.getMessage()));
        } catch (SessionException e) {
            // PostgreSQL's own, when it refuses the session that is to ask it.
            refuse(e.sqlState(), String.valueOf(e.getMessage()));
            gate.failures().log(LOGGER, Level.WARNING, "no password can be looked up", e);
        } catch (ClusterException e) {
            refuse(
                    e.kind() == ClusterException.Kind.OUT_OF_MEMORY
                            ? SqlErrors.OUT_OF_MEMORY
                            : "57P03",
                    String.valueOf(e.getMessage()));
        } catch (IOException e) {
            // A client that leaves is nothing to complain about.
            LOGGER.log(Level.DEBUG, () -> name + " left", e);
        } catch (OutOfMemoryError e) {
            refuse(SqlErrors.OUT_OF_MEMORY, "there is no memory or no thread for this client");
            gate.failures().log(LOGGER, Level.WARNING, "no memory for " + name, e);
        } catch (RuntimeException e) {
            // A fault of ours; it ends this client, and the log says so only so often.
            refuse("XX000", "the listener failed: " + e);
            gate.failures().log(LOGGER, Level.ERROR, "serving " + name + " failed", e);
        } finally {
            close();
        }
    }

    private void serve(Login.Admitted admitted) throws IOException, ClusterException {
        ClientEnd end = gate.cluster().connect().client();
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
        KeyDataFinder finder = new KeyDataFinder();
        Optional<Integer> pid = Optional.empty();
        try {
            int count = end.read(buffer, 0, buffer.length, BytePipe.NO_DEADLINE);
            while (count >= 0) {
                if (!finder.isDone()) {
                    // Before the client can know the key and use it.
                    pid = finder.look(buffer, count).map(gate.cancelKeys()::add);
                }
                ByteBuffer out = ByteBuffer.wrap(buffer, 0, count);
                while (out.hasRemaining()) {
                    channel.write(out);
                }
                count = end.read(buffer, 0, buffer.length, BytePipe.NO_DEADLINE);
            }
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, () -> name + " left", e);
        } finally {
            pid.ifPresent(gate.cancelKeys()::remove);
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

    /** Tells the client that it is ended. Never waits: little has been written to it so far. */
    void refuse(String sqlState, String message) {
        try {
            Wire.write(channel, Wire.fatal(sqlState, message));
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, () -> name + " left before it could be told: " + message, e);
        }
    }

    /** Ends the client unless it is logged in; any thread. */
    void giveUp() {
        if (state.compareAndSet(State.LOGGING_IN, State.ENDED)) {
            close();
        }
    }

    /** Ends the client, unless it is logged in, for another that wants to log in; any thread. */
    void makeRoom() {
        if (state.compareAndSet(State.LOGGING_IN, State.ENDED)) {
            refuse(
                    SqlErrors.TOO_MANY_CONNECTIONS,
                    "too many clients are logging in, and this one has taken longest");
            close();
        }
    }

    /** Ends everything of this client; idempotent. */
    void close() {
        ClientEnd end;
        synchronized (this) {
            closed = true;
            end = backend;
        }
        state.set(State.ENDED);
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
