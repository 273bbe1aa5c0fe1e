package io.github.jdbcpglite.jdbc.internal.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jdbcpglite.jdbc.FakeClusters;
import io.github.jdbcpglite.jdbc.ListHandler;
import io.github.jdbcpglite.platform.LimitedLog;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bounds of a listener, without PostgreSQL. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ListenerTest {
    private static final int FAILURES = 12;

    private static Cluster fake() throws Exception {
        return new FakeClusters().open(ClusterOptions.named("fake"));
    }

    private static Listener open(long loginSeconds) throws Exception {
        return Listener.open(fake(), ListenAddress.parse("0").orElseThrow(), loginSeconds);
    }

    private static Socket connect(Listener listener) throws IOException {
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        return socket;
    }

    @Test
    void endsClientThatDoesNotLogIn() throws Exception {
        try (Listener listener = open(1);
                Socket silent = connect(listener)) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** So that silent ones keep nobody out, the one that came first has to leave. */
    @Test
    void oneClientTooManyTakesThePlaceOfTheFirst() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (Listener listener = open(600)) {
            for (int i = 0; i <= ClientTable.MAX_LOGGING_IN; i++) {
                clients.add(connect(listener));
            }
            assertThat(new String(clients.get(0).getInputStream().readAllBytes(), UTF_8))
                    .contains("53300", "too many clients");
            // The last is served: what is no packet is answered.
            Socket last = clients.get(clients.size() - 1);
            last.getOutputStream().write(new byte[4]);
            assertThat(new String(last.getInputStream().readAllBytes(), UTF_8)).contains("08P01");
            assertThat(listener.clientCount()).isLessThanOrEqualTo(ClientTable.MAX_CLIENTS);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    /** As when there are no descriptors left. */
    @Test
    void saysLittleWhileNobodyCanBeAccepted() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(FAILURES);
        List<LogRecord> lines = new CopyOnWriteArrayList<>();
        Handler counting = new ListHandler(lines);
        Logger logger = Logger.getLogger(Listener.class.getName());
        logger.addHandler(counting);
        logger.setUseParentHandlers(false);
        try (Listener listener =
                Listener.open(
                        fake(),
                        ListenAddress.parse("0").orElseThrow(),
                        600,
                        server ->
                                () -> {
                                    if (calls.incrementAndGet() <= FAILURES) {
                                        enough.countDown();
                                        throw new IOException("Too many open files");
                                    }
                                    return server.accept();
                                })) {
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(lines).hasSizeLessThanOrEqualTo(LimitedLog.LINES);
            try (Socket served = connect(listener)) {
                served.getOutputStream().write(new byte[4]);
                assertThat(new String(served.getInputStream().readAllBytes(), UTF_8))
                        .contains("08P01");
            }
        } finally {
            logger.removeHandler(counting);
            logger.setUseParentHandlers(true);
        }
    }

    @Test
    void pausesBeforeItTriesAgainAndEndsMeanwhile() throws Exception {
        CountDownLatch failed = new CountDownLatch(FAILURES);
        Listener listener =
                Listener.open(
                        fake(),
                        ListenAddress.parse("0").orElseThrow(),
                        600,
                        server ->
                                () -> {
                                    failed.countDown();
                                    throw new IOException("Too many open files");
                                });
        assertThat(failed.await(60, TimeUnit.SECONDS)).isTrue();
        String name = "jdbc-pglite-listen-" + listener.localAddress();
        Thread acceptor =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
        while (acceptor.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        listener.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith(name));
    }

    @Test
    void listensOnIpv4OnlyUnlessOnAllAddresses() throws Exception {
        byte[] one = new byte[16];
        one[15] = 1;
        InetAddress loopback6 = InetAddress.getByAddress(one);
        try (Listener listener =
                Listener.open(fake(), ListenAddress.parse("*:0").orElseThrow(), 600)) {
            int port = ((InetSocketAddress) listener.localAddress()).getPort();
            try (Socket inet6 = new Socket(loopback6, port)) {
                assertThat(inet6.isConnected()).isTrue();
            } catch (IOException e) {
                assumeTrue(false, "there is no IPv6 here: " + e);
            }
            connect(listener).close();
        }
        try (Listener listener =
                Listener.open(fake(), ListenAddress.parse("0.0.0.0:0").orElseThrow(), 600)) {
            int port = ((InetSocketAddress) listener.localAddress()).getPort();
            connect(listener).close();
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> new Socket(loopback6, port).close());
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        String name;
        try (Listener listener = open(600);
                Socket client = connect(listener)) {
            name = "jdbc-pglite-listen-" + listener.localAddress();
            client.getOutputStream().write(0);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith(name));
    }
}
