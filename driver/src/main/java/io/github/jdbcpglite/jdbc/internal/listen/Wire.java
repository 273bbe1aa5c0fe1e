package io.github.jdbcpglite.jdbc.internal.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Messages of the wire protocol, read from and written to a client's channel. Stateless. */
final class Wire {
    /** PostgreSQL's own limit, MAX_STARTUP_PACKET_LENGTH. */
    static final int MAX_STARTUP_BYTES = 10_000;

    private static final int LENGTH_BYTES = 4;

    private Wire() {}

    /** Collects the body of a message. Not thread-safe. */
    static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Body int32(int value) {
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
            return this;
        }

        /** Adds a text and the zero byte that ends it. */
        Body text(String value) {
            bytes.writeBytes(value.getBytes(UTF_8));
            bytes.write(0);
            return this;
        }

        Body raw(byte[] value) {
            bytes.writeBytes(value);
            return this;
        }

        Body raw(String value) {
            return raw(value.getBytes(UTF_8));
        }

        Body one(char value) {
            bytes.write(value);
            return this;
        }

        byte[] withLength() {
            byte[] content = bytes.toByteArray();
            return ByteBuffer.allocate(LENGTH_BYTES + content.length)
                    .putInt(LENGTH_BYTES + content.length)
                    .put(content)
                    .array();
        }

        byte[] message(char type) {
            byte[] rest = withLength();
            return ByteBuffer.allocate(1 + rest.length).put((byte) type).put(rest).array();
        }
    }

    /** Reads a packet without a type, as they are before and at the start; the body only. */
    static ByteBuffer readPacket(SocketChannel channel) throws IOException {
        int length = read(channel, LENGTH_BYTES).getInt() - LENGTH_BYTES;
        if (length < Integer.BYTES || length > MAX_STARTUP_BYTES) {
            throw new ProtocolException("invalid length of startup packet");
        }
        return read(channel, length);
    }

    /** Reads a message that must have a type; the body only. */
    static ByteBuffer readMessage(SocketChannel channel, char type) throws IOException {
        ByteBuffer head = read(channel, 1 + LENGTH_BYTES);
        byte actual = head.get();
        int length = head.getInt() - LENGTH_BYTES;
        if (actual != type) {
            throw new ProtocolException("expected SASL response, got message type " + actual);
        }
        if (length < 0 || length > MAX_STARTUP_BYTES) {
            throw new ProtocolException("invalid length of a message before the login");
        }
        return read(channel, length);
    }

    static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Returns an ErrorResponse that ends the connection. */
    static byte[] fatal(String sqlState, String message) {
        return new Body()
                .one('S')
                .text("FATAL")
                .one('V')
                .text("FATAL")
                .one('C')
                .text(sqlState)
                .one('M')
                .text(message)
                .raw(new byte[1])
                .message('E');
    }

    /** Reads up to the next zero byte. */
    static String text(ByteBuffer body) throws ProtocolException {
        int start = body.position();
        while (body.hasRemaining()) {
            if (body.get() == 0) {
                return UTF_8.decode(body.slice(start, body.position() - 1 - start)).toString();
            }
        }
        throw new ProtocolException("invalid startup packet layout: a text has no end");
    }

    /** Returns the bytes between position and limit. */
    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the client left");
            }
        }
        return buffer.flip();
    }
}
