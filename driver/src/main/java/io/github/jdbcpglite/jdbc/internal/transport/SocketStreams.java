package io.github.jdbcpglite.jdbc.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** The streams of an {@link InMemorySocket}; closing one closes the socket, as for any socket. */
final class SocketStreams {
    private SocketStreams() {}

    static final class Input extends InputStream {
        private final InMemorySocket socket;

        Input(InMemorySocket socket) {
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            return length == 0 ? 0 : socket.read(target, offset, length);
        }

        @Override
        public int available() throws IOException {
            return socket.available();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    static final class Output extends OutputStream {
        private final InMemorySocket socket;

        Output(InMemorySocket socket) {
            this.socket = socket;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, source.length);
            socket.write(source, offset, length);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
