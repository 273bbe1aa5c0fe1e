package io.github.jdbcpglite.conformance.protocol;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A client that sends messages of PostgreSQL's protocol 3.0 as they are. Not thread-safe. */
final class RawSession implements AutoCloseable {
    private static final int ANSWER_MILLIS = 60_000;
    private static final int LONGEST = 64 << 20;

    private final Closeable connection;
    private final Closeable output;
    private final DataInputStream in;
    private final DataOutputStream out;

    private RawSession(Socket socket) throws IOException {
        this(socket, socket::shutdownOutput, socket.getInputStream(), socket.getOutputStream());
        socket.setSoTimeout(ANSWER_MILLIS);
    }

    private RawSession(Closeable connection, Closeable output, InputStream in, OutputStream out) {
        this.connection = connection;
        this.output = output;
        this.in = new DataInputStream(in);
        // In one piece: a server may end at the first byte of a message.
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    /** A message from the server. */
    record Message(char type, byte[] body) {
        @Override
        public String toString() {
            return type + " " + new String(body, StandardCharsets.ISO_8859_1).replace('\0', '|');
        }
    }

    /**
     * Opens a socket without sending anything.
     *
     * @param url of a server that listens on TCP, or {@code jdbc:pglite:} and a target
     */
    static RawSession connect(String url) throws IOException, SQLException {
        if (url.startsWith("jdbc:pglite:")) {
            Properties info = new Properties();
            info.setProperty("pglite.target", url.substring("jdbc:pglite:".length()));
            return new RawSession(
                    new io.github.jdbcpglite.jdbc.PGliteSocketFactory(info).createSocket());
        }
        int port = URI.create(url.substring("jdbc:".length())).getPort();
        return new RawSession(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Opens a Unix socket without sending anything; reads of it have no time limit. */
    static RawSession connect(Path socketFile) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socketFile));
        return new RawSession(
                channel,
                channel::shutdownOutput,
                Channels.newInputStream(channel),
                Channels.newOutputStream(channel));
    }

    /** Sends the startup packet of the superuser. */
    void start(String database) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 3, 0, 0});
        body.writeBytes(text("user", "postgres", "database", database, "TimeZone", "UTC", ""));
        out.writeInt(body.size() + 4);
        body.writeTo(out);
        out.flush();
    }

    /** Returns strings, each with the zero that ends it. */
    static byte[] text(String... parts) {
        return (String.join("\0", parts) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    void send(char type, byte[] body) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
        out.flush();
    }

    /** Sends bytes that need be no message. */
    void sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Says that nothing more will be sent. */
    void endOfInput() throws IOException {
        output.close();
    }

    /** Reads messages up to one of a type, or to the end of the connection. */
    List<Message> readTo(char last) throws IOException {
        List<Message> messages = new ArrayList<>();
        while (messages.isEmpty() || messages.get(messages.size() - 1).type() != last) {
            int type = nextType();
            if (type < 0) {
                return messages;
            }
            int length = in.readInt() - 4;
            if (length < 0 || length > LONGEST) {
                throw new EOFException("a message of " + length + " bytes, type " + (char) type);
            }
            byte[] body = new byte[length];
            in.readFully(body);
            messages.add(new Message((char) type, body));
        }
        return messages;
    }

    /** A server that ends while there is something to read for it resets a TCP connection. */
    private int nextType() throws IOException {
        try {
            return in.read();
        } catch (SocketException e) {
            if (String.valueOf(e.getMessage()).contains("reset")) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
