package io.github.jdbcpglite.jdbc.internal.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jdbcpglite.postgres.channel.ClientEnd;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session of the superuser for the listener's own questions, with no more of the protocol than
 * they need: simple queries, and answers as text. Not thread-safe.
 */
final class ControlSession implements AutoCloseable {
    private static final int PROTOCOL_3_0 = 3 << 16;
    private static final long SECONDS = 60;

    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private final ClientEnd end;
    private long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);

    private ControlSession(ClientEnd end) {
        this.end = end;
    }

    /** Connects as {@code postgres} to the database of the same name. */
    static ControlSession open(Cluster cluster) throws IOException, ClusterException {
        ControlSession session = connect(cluster);
        boolean ready = false;
        try {
            session.start();
            ready = true;
            return session;
        } finally {
            if (!ready) {
                session.abort();
            }
        }
    }

    /** Connects only, so that the caller can end it while it starts. */
    static ControlSession connect(Cluster cluster) throws ClusterException {
        return new ControlSession(cluster.connect().client());
    }

    /**
     * Starts as {@code postgres}, in the database of the same name.
     *
     * @throws SessionException if PostgreSQL refuses
     */
    void start() throws IOException {
        send(
                new Wire.Body()
                        .int32(PROTOCOL_3_0)
                        .text("user")
                        .text("postgres")
                        .text("database")
                        .text("postgres")
                        .text("application_name")
                        .text("jdbc-pglite listener")
                        // Whatever is asked for of a stranger must not fill the log, nor a
                        // verifier come into it.
                        .text("log_statement")
                        .text("none")
                        .text("log_min_duration_statement")
                        .text("-1")
                        .text("log_min_duration_sample")
                        .text("-1")
                        .text("log_transaction_sample_rate")
                        .text("0")
                        .text("log_duration")
                        .text("off")
                        .text("log_min_error_statement")
                        .text("panic")
                        .raw(new byte[1])
                        .withLength());
        answer();
    }

    /** Returns a text as SQL's literal. */
    static String literal(String text) {
        String escaped = text.replace("\\", "\\\\").replace("'", "''");
        return "E'" + escaped + "'";
    }

    /**
     * Runs statements and returns the rows of all of them.
     *
     * @throws SessionException if PostgreSQL answers with an error
     */
    List<List<@Nullable String>> query(String sql) throws IOException {
        deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        send(new Wire.Body().text(sql).message('Q'));
        return answer();
    }

    @Override
    public void close() {
        try {
            send(new Wire.Body().message('X'));
        } catch (IOException e) {
            // The backend has left already; there is nothing to tell it.
            return;
        } finally {
            end.close();
        }
    }

    /** Ends the session without a word, and any call that waits in it; any thread. */
    void abort() {
        end.close();
    }

    /** Reads up to ReadyForQuery. */
    private List<List<@Nullable String>> answer() throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        SessionException error = null;
        while (true) {
            ByteBuffer head = head(error);
            byte type = head.get();
            int length = head.getInt() - Integer.BYTES;
            if (length < 0 || length > MAX_MESSAGE_BYTES) {
                throw new IOException("the backend sent a message of " + length + " bytes");
            }
            ByteBuffer body = read(length);
            switch (type) {
                case 'D' -> rows.add(row(body));
                case 'E' -> error = error(body);
                case 'R' -> {
                    if (body.getInt() != 0) {
                        throw new IOException(
                                "pg_hba.conf asks for a password of postgres on 127.0.0.1; the"
                                        + " listener needs trust there");
                    }
                }
                case 'Z' -> {
                    if (error != null) {
                        throw error;
                    }
                    return rows;
                }
                default -> {
                    // Parameters, notices, tags: nothing that is asked for here.
                }
            }
        }
    }

    /** Reads a message's type and length; after a fatal error none comes. */
    private ByteBuffer head(@Nullable SessionException error) throws IOException {
        try {
            return read(1 + Integer.BYTES);
        } catch (EOFException e) {
            throw error == null ? e : error;
        }
    }

    private static SessionException error(ByteBuffer body) {
        String sqlState = "XX000";
        String message = "";
        for (String field : UTF_8.decode(body).toString().split("\0", -1)) {
            if (field.startsWith("C")) {
                sqlState = field.substring(1);
            } else if (field.startsWith("M")) {
                message = field.substring(1);
            }
        }
        return new SessionException(sqlState, message);
    }

    private static List<@Nullable String> row(ByteBuffer body) {
        List<@Nullable String> row = new ArrayList<>();
        int columns = body.getShort();
        for (int i = 0; i < columns; i++) {
            int length = body.getInt();
            if (length < 0) {
                row.add(null);
            } else {
                row.add(UTF_8.decode(body.slice(body.position(), length)).toString());
                body.position(body.position() + length);
            }
        }
        return row;
    }

    private void send(byte[] bytes) throws IOException {
        end.write(bytes, 0, bytes.length, deadlineNanos);
    }

    private ByteBuffer read(int length) throws IOException {
        byte[] bytes = new byte[length];
        int count = 0;
        while (count < length) {
            int some = end.read(bytes, count, length - count, deadlineNanos);
            if (some < 0) {
                throw new EOFException("the backend of the listener ended");
            }
            count += some;
        }
        return ByteBuffer.wrap(bytes);
    }
}
