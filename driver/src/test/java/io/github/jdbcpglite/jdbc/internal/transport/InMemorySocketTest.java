package io.github.jdbcpglite.jdbc.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.jdbc.FakeClusters;
import io.github.jdbcpglite.jdbc.internal.cluster.ClosePolicy;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRegistry;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRequest;
import io.github.jdbcpglite.postgres.channel.ServerEnd;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What pgjdbc relies on in a socket. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InMemorySocketTest {
    private final FakeClusters clusters = new FakeClusters();
    private final ClusterRegistry registry = new ClusterRegistry(clusters);
    private ChannelSource source;
    private InMemorySocketFactory factory;
    private Socket socket;
    private ServerEnd server;

    @BeforeEach
    void connect() throws Exception {
        ClusterRequest request =
                new ClusterRequest(
                        "memory:x",
                        ClusterOptions.named("x"),
                        ClosePolicy.WITH_LAST,
                        Map.of(),
                        Map.of());
        source =
                new ChannelSource(
                        registry.acquire(request, ClusterRegistry.NO_DEADLINE),
                        ClusterRegistry.NO_DEADLINE);
        factory = new InMemorySocketFactory(source) {};
        socket = factory.createSocket();
        source.loginSucceeded();
        server = clusters.opened.get(0).channels.get(0).server();
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        assertThat(registry.size()).as("the last socket took the cluster with it").isZero();
    }

    @Test
    void itIsConnectedFromTheStart() throws Exception {
        assertThat(socket.isConnected()).isTrue();
        assertThat(socket.isBound()).isTrue();
        assertThat(socket.isClosed()).isFalse();
        assertThat(socket.getSendBufferSize()).isEqualTo(65536);
        assertThat(socket.getReceiveBufferSize()).isEqualTo(65536);
        assertThat(socket.getRemoteSocketAddress()).hasToString("memory");
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        assertThat(socket.getKeepAlive()).isTrue();
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> socket.connect(new InetSocketAddress("localhost", 1), 1));
    }

    @Test
    void bytesGoBothWays() throws Exception {
        socket.getOutputStream().write("query".getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write('!');
        byte[] buffer = new byte[16];
        assertThat(server.read(buffer, 0, 16)).isEqualTo(6);
        server.write("answer".getBytes(StandardCharsets.UTF_8), 0, 6);
        assertThat(socket.getInputStream().available()).isEqualTo(6);
        assertThat(socket.getInputStream().read()).isEqualTo('a');
        assertThat(socket.getInputStream().read(buffer)).isEqualTo(5);
        assertThat(socket.getInputStream().available()).isZero();
    }

    @Test
    void readsEndAtTheTimeoutAndCanGoOn() throws Exception {
        socket.setSoTimeout(1);
        assertThat(socket.getSoTimeout()).isEqualTo(1);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> socket.getInputStream().read());
        server.write(new byte[] {-1}, 0, 1);
        assertThat(socket.getInputStream().read()).isEqualTo(255);
        assertThatIllegalArgumentException().isThrownBy(() -> socket.setSoTimeout(-1));
    }

    @Test
    void theEndOfTheBackendIsTheEndOfTheStream() throws Exception {
        server.write(new byte[] {1}, 0, 1);
        server.close();
        socket.getOutputStream().write(2);
        assertThat(socket.getInputStream().read()).isEqualTo(1);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void closingUnblocksAReaderOnAnotherThread() throws Exception {
        ExecutorService thread =
                Executors.newSingleThreadExecutor(task -> new Thread(task, "test"));
        Future<Integer> reading = thread.submit(() -> socket.getInputStream().read());
        socket.close();
        assertThatThrownBy(() -> reading.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SocketException.class);
        thread.shutdown();
        assertThat(thread.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theBackendReadsWhatWasSentBeforeClosing() throws Exception {
        socket.getOutputStream().write(new byte[] {'X', 0, 0, 0, 4});
        socket.close();
        socket.close();
        assertThat(server.atEndOfInput()).isFalse();
        assertThat(server.read(new byte[16], 0, 16)).isEqualTo(5);
        assertThat(server.atEndOfInput()).isTrue();
        assertThat(server.write(new byte[1], 0, 1)).isEqualTo(-1);
    }

    @Test
    void aClosedSocketSaysSo() throws Exception {
        socket.close();
        assertThat(socket.isClosed()).isTrue();
        assertThat(socket.isConnected()).as("as java.net.Socket has it").isTrue();
        assertThatExceptionOfType(SocketException.class).isThrownBy(socket::getInputStream);
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.setSoTimeout(1));
    }

    @Test
    void aCancelRequestGoesOverASecondSocket() throws Exception {
        Socket second = factory.createSocket();
        assertThat(clusters.opened.get(0).channels).hasSize(2);
        socket.close();
        assertThat(registry.size()).as("the second one still needs the cluster").isEqualTo(1);
        second.close();
        assertThat(registry.size()).isZero();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(factory::createSocket)
                .withMessageContaining("closed");
    }

    @Test
    void theTokenIsGoodOnlyWhileConnecting() {
        assertThatIllegalStateException()
                .isThrownBy(InMemorySocketFactory::new)
                .withMessageContaining("for the driver itself");
    }
}
