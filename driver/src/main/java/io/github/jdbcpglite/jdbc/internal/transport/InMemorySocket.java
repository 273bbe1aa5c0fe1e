package io.github.jdbcpglite.jdbc.internal.transport;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.postgres.channel.ClientEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connected socket whose other end is a backend in this process.
 *
 * <p>It keeps what pgjdbc relies on: reads end with {@link SocketTimeoutException} after {@link
 * #setSoTimeout}, {@code available()} is exact, and {@link #close} from any thread ends a read or
 * write under way. Options of a network are kept where asking for them makes sense and have no
 * effect. Thread-safe.
 */
// Socket's own monitor guards nothing here: the state is atomic, and close must never wait for it.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class InMemorySocket extends Socket {
    private final ClientEnd end;
    private final ChannelSource source;
    private final InputStream input = new SocketStreams.Input(this);
    private final OutputStream output = new SocketStreams.Output(this);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Conversation conversation = new Conversation();
    private volatile boolean inputShutdown;
    private volatile boolean outputShutdown;
    private volatile int soTimeoutMillis;
    private volatile boolean tcpNoDelay = true;
    private volatile boolean keepAlive;
    private volatile int trafficClass;
    private volatile int soLingerSeconds = -1;

    InMemorySocket(ClientEnd end, ChannelSource source) throws SocketException {
        super((SocketImpl) null);
        this.end = end;
        this.source = source;
    }

    int read(byte[] target, int offset, int length) throws IOException {
        ensureOpen();
        if (inputShutdown) {
            return -1;
        }
        int timeoutMillis = soTimeoutMillis;
        long login = source.loginDeadlineNanos();
        long deadline = login;
        if (timeoutMillis > 0) {
            long own = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            deadline = login == ClusterRegistry.NO_DEADLINE || own - login < 0 ? own : login;
        }
        try {
            int count = end.read(target, offset, length, deadline);
            if (count < 0) {
                ensureOpen();
            } else {
                conversation.received(target, offset, count);
            }
            return count;
        } catch (SocketTimeoutException e) {
            if (deadline == login) {
                // pgjdbc reads on after a timeout it did not ask for itself.
                throw new SocketException("The login timeout is over");
            }
            throw e;
        }
    }

    /**
     * Sends bytes. Those for a backend that has ended are dropped, as a TCP socket takes them too,
     * so that pgjdbc goes on to read why it ended.
     */
    void write(byte[] bytes, int offset, int length) throws IOException {
        ensureOpen();
        if (end.serverGone()) {
            return;
        }
        conversation.sent();
        try {
            end.write(bytes, offset, length, source.loginDeadlineNanos());
        } catch (SocketException e) {
            if (!end.serverGone() || isClosed()) {
                throw e;
            }
        }
    }

    /** Returns whether closing it now would interrupt a statement or a transaction. */
    boolean isInUse() {
        return !closed.get() && !end.serverGone() && conversation.isInUse();
    }

    int available() throws IOException {
        ensureOpen();
        return inputShutdown ? 0 : end.available();
    }

    /** Closes this end. The backend reads what was sent before, and then the end. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end.close();
            source.socketClosed(this);
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        ensureOpen();
        inputShutdown = true;
        end.closeInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        ensureOpen();
        outputShutdown = true;
        end.closeOutput();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        ensureOpen();
        return input;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        ensureOpen();
        return output;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown;
    }

    @Override
    public void setSoTimeout(int timeoutMillis) throws SocketException {
        ensureOpen();
        if (timeoutMillis < 0) {
            throw new IllegalArgumentException("timeout can't be negative: " + timeoutMillis);
        }
        soTimeoutMillis = timeoutMillis;
    }

    @Override
    public int getSoTimeout() throws SocketException {
        ensureOpen();
        return soTimeoutMillis;
    }

    @Override
    public int getSendBufferSize() {
        return end.capacity();
    }

    @Override
    public int getReceiveBufferSize() {
        return end.capacity();
    }

    /** Does nothing: the size is fixed, and this call is a hint by its contract. */
    @Override
    public void setSendBufferSize(int size) {}

    /** Does nothing: the size is fixed, and this call is a hint by its contract. */
    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public void setTcpNoDelay(boolean on) {
        tcpNoDelay = on;
    }

    @Override
    public boolean getTcpNoDelay() {
        return tcpNoDelay;
    }

    @Override
    public void setKeepAlive(boolean on) {
        keepAlive = on;
    }

    @Override
    public boolean getKeepAlive() {
        return keepAlive;
    }

    @Override
    public void setSoLinger(boolean on, int lingerSeconds) {
        soLingerSeconds = on ? lingerSeconds : -1;
    }

    @Override
    public int getSoLinger() {
        return soLingerSeconds;
    }

    @Override
    public void setTrafficClass(int value) {
        trafficClass = value;
    }

    @Override
    public int getTrafficClass() {
        return trafficClass;
    }

    /** Does nothing: no address is used. */
    @Override
    public void setReuseAddress(boolean on) {}

    @Override
    public boolean getReuseAddress() {
        return false;
    }

    /** Does nothing: there is no urgent data. */
    @Override
    public void setOOBInline(boolean on) {}

    @Override
    public boolean getOOBInline() {
        return false;
    }

    @Override
    public void sendUrgentData(int data) throws IOException {
        throw new SocketException("Urgent data is not supported in memory");
    }

    @Override
    public void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        // A hint by its contract.
    }

    @Override
    public <T> Socket setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException(name + " is not supported in memory");
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException(name + " is not supported in memory");
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
        ensureOpen();
        throw new SocketException("already connected");
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        ensureOpen();
        throw new SocketException("Already bound");
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    /** Returns 0: there is no port. */
    @Override
    public int getPort() {
        return 0;
    }

    /** Returns 0: there is no port. */
    @Override
    public int getLocalPort() {
        return 0;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return InMemoryAddress.INSTANCE;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return InMemoryAddress.INSTANCE;
    }

    /** Returns null, as a socket without a channel does by its contract. */
    @Override
    @SuppressWarnings("NullAway")
    public SocketChannel getChannel() {
        return null;
    }

    @Override
    public String toString() {
        return "InMemorySocket[" + (isClosed() ? "closed" : "open") + "]";
    }

    private void ensureOpen() throws SocketException {
        if (closed.get()) {
            throw new SocketException("Socket is closed");
        }
    }

    /** The address of both ends. */
    private static final class InMemoryAddress extends SocketAddress {
        private static final long serialVersionUID = 1L;
        static final InMemoryAddress INSTANCE = new InMemoryAddress();

        @Override
        public String toString() {
            return "memory";
        }
    }
}
