package io.github.jdbcpglite.jdbc.internal.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.FakeClusters;
import io.github.jdbcpglite.wasm.ClusterOptions;
import io.github.jdbcpglite.wasm.ClusterService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bounds of a listener, without PostgreSQL. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ListenerTest {
    private static Listener open(long loginSeconds) throws Exception {
        ClusterService cluster = new FakeClusters().open(ClusterOptions.named("fake").build());
        return Listener.open(cluster, ListenAddress.parse("0").orElseThrow(), loginSeconds);
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

    @Test
    void refusesOneClientTooMany() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (Listener listener = open(600)) {
            for (int i = 0; i < Listener.MAX_CLIENTS; i++) {
                clients.add(connect(listener));
            }
            try (Socket last = connect(listener)) {
                assertThat(new String(last.getInputStream().readAllBytes(), UTF_8))
                        .contains("53300", "too many clients");
            }
            assertThat(listener.clientCount()).isEqualTo(Listener.MAX_CLIENTS);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
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
