package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.postgres.channel.ClientEnd;
import io.github.jdbcpglite.postgres.internal.postmaster.Postmaster;
import io.github.jdbcpglite.postgres.internal.postmaster.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of a cluster that is being built, in PostgreSQL's protocol 3.0. What it is told besides
 * errors is dropped.
 */
final class WireSession {
    private static final int PROTOCOL = 3 << 16;
    private static final long SECONDS = 120;
    private static final byte[] NOTHING = {};

    /** Parameter and result formats, parameters, row limit: all absent. */
    private static final byte[] BIND = new byte[8];

    private final Postmaster cluster;
    private final ClientEnd client;

    private WireSession(Postmaster cluster, ClientEnd client) {
        this.cluster = cluster;
        this.client = client;
    }

    /**
     * Connects as the superuser.
     *
     * @throws PipelineException if PostgreSQL refuses
     */
    static WireSession open(Postmaster cluster) throws IOException {
        WireSession session = new WireSession(cluster, connect(cluster));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(PROTOCOL);
        out.write(text("user\0postgres\0database\0postgres\0client_encoding\0UTF8"));
        out.write(text("DateStyle\0ISO\0TimeZone\0UTC\0extra_float_digits\0002\0"));
        session.send('\0', bytes.toByteArray());
        session.requireReady();
        return session;
    }

    private static ClientEnd connect(Postmaster cluster) {
        try {
            return cluster.connect().client();
        } catch (RefusedException e) {
            throw new PipelineException("no session: " + e.getMessage(), e);
        }
    }

    /** Returns a text with the zero that ends it. */
    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Runs statements in one message.
     *
     * @throws PipelineException if PostgreSQL answers with an error
     */
    void query(String sql) throws IOException {
        send('Q', text(sql));
        requireReady();
    }

    /** Runs a statement with the extended protocol; an error is no matter. */
    void tryExtended(String sql) throws IOException {
        ByteArrayOutputStream parse = new ByteArrayOutputStream();
        parse.write(0);
        parse.writeBytes(text(sql));
        parse.writeBytes(new byte[2]);
        send('P', parse.toByteArray());
        send('B', BIND);
        send('D', text("P"));
        send('E', new byte[5]);
        send('S', NOTHING);
        awaitReady();
    }

    /** Runs a statement with the simple protocol; an error is no matter. */
    void trySimple(String sql) throws IOException {
        send('Q', text(sql));
        awaitReady();
    }

    /** Leaves, and waits for the backend to end. */
    void close() throws IOException, InterruptedException {
        send('X', NOTHING);
        byte[] rest = new byte[64];
        int count;
        do {
            count = client.read(rest, 0, rest.length, deadline());
        } while (count >= 0);
        client.close();
        cluster.awaitNoBackends(SECONDS, TimeUnit.SECONDS);
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    }

    private void send(char type, byte[] body) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(body.length + 5);
        if (type != '\0') {
            message.put((byte) type);
        }
        message.putInt(body.length + 4).put(body);
        client.write(message.array(), 0, message.position(), deadline());
    }

    private void requireReady() throws IOException {
        String error = awaitReady();
        if (error != null) {
            throw new PipelineException(error);
        }
    }

    /** Returns the last error, if there was one. */
    private @Nullable String awaitReady() throws IOException {
        String error = null;
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(read(5));
            char type = (char) head.get();
            byte[] body = read(head.getInt() - 4);
            switch (type) {
                case 'E' -> error = new String(body, StandardCharsets.UTF_8).replace('\0', ' ');
                case 'G' -> send('f', text("not part of the profile"));
                case 'Z' -> {
                    return error;
                }
                default -> {
                    // Rows and the like.
                }
            }
        }
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = 0;
        while (done < length) {
            int count = client.read(bytes, done, length - done, deadline());
            if (count < 0) {
                throw new PipelineException("the backend ended early");
            }
            done += count;
        }
        return bytes;
    }
}
