package io.github.jdbcpglite.postgres.channel;

/**
 * A connection in memory: two pipes, of which a client holds one end and a backend the other.
 *
 * <p>The ends are independent: closing one lets the other read what was sent and then the end.
 */
public final class DuplexChannel {
    private final ClientEnd client;
    private final ServerEnd server;

    /** Makes an open channel of two pipes of {@link BytePipe#DEFAULT_CAPACITY}. */
    public DuplexChannel() {
        this(BytePipe.DEFAULT_CAPACITY);
    }

    /**
     * Makes an open channel.
     *
     * @param capacity of each direction in bytes, a power of two
     */
    public DuplexChannel(int capacity) {
        BytePipe toServer = new BytePipe(capacity);
        BytePipe toClient = new BytePipe(capacity);
        client = new ClientEnd(toClient, toServer);
        server = new ServerEnd(toServer, toClient);
    }

    /** Returns the end whose calls block, for the JDBC side. */
    public ClientEnd client() {
        return client;
    }

    /** Returns the end whose calls never block, for the backend. */
    public ServerEnd server() {
        return server;
    }

    /**
     * Ends the channel at once for both: bytes under way are dropped and each end reads the end.
     */
    public void reset() {
        client.reset();
    }
}
