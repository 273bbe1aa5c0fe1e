package io.github.jdbcpglite.jdbc.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "5432, 127.0.0.1, 5432",
        "0, 127.0.0.1, 0",
        "0.0.0.0:5432, 0.0.0.0, 5432",
        "localhost:1, localhost, 1",
        "[::1]:65535, ::1, 65535",
    })
    void readsTcp(String text, String host, int port) {
        ListenAddress address = ListenAddress.parse(text).orElseThrow();
        assertThat(address.isUnix()).isFalse();
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
    }

    @Test
    void readsPath() {
        assertThat(ListenAddress.parse("/tmp/x").orElseThrow().path()).contains(Path.of("/tmp/x"));
        assertThat(ListenAddress.parse("./x").orElseThrow().isUnix()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "65536", "-1", "host:", ":5432", "a b:1", "::1:5432"})
    void refusesTheRest(String text) {
        assertThat(ListenAddress.parse(text)).isEmpty();
    }
}
