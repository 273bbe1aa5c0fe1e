package io.github.jdbcpglite.jdbc.internal.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * The socket factory pgjdbc makes by name for a connection of this driver. Thread-safe.
 *
 * <p>It lives as long as its connection, because a cancel request is sent over another socket of
 * the same factory.
 */
public class InMemorySocketFactory extends SocketFactory {
    private final ChannelSource source;

    /**
     * Makes the factory of the connection that this thread makes.
     *
     * @throws IllegalStateException if it makes none with this driver
     */
    public InMemorySocketFactory() {
        this(Handover.take());
    }

    /** Makes a factory over a source. */
    protected InMemorySocketFactory(ChannelSource source) {
        this.source = source;
    }

    /** Returns a socket that is connected to a backend of its own. */
    @Override
    public final Socket createSocket() throws IOException {
        return source.openSocket();
    }

    /** Does as {@link #createSocket()}: there is no host to connect to. */
    @Override
    public final Socket createSocket(String host, int port) throws IOException {
        return createSocket();
    }

    /** Does as {@link #createSocket()}: there is no host to connect to. */
    @Override
    public final Socket createSocket(String host, int port, InetAddress localHost, int localPort)
            throws IOException {
        return createSocket();
    }

    /** Does as {@link #createSocket()}: there is no host to connect to. */
    @Override
    public final Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket();
    }

    /** Does as {@link #createSocket()}: there is no host to connect to. */
    @Override
    public final Socket createSocket(
            InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket();
    }
}
