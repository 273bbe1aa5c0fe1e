package io.github.jdbcpglite.host.syscall.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericAddressTest {

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "255.255.255.255, 255.255.255.255",
        "127.1, 127.0.0.1",
        "1.2.772, 1.2.3.4",
        "0x7f.0.0.010, 127.0.0.8",
        "4294967295, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::0001, 2001:db8::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:0:3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
        "1:0:0:4:0:0:0:8, 1:0:0:4::8",
        "1:0:0:4:5:0:0:8, 1::4:5:0:0:8",
        "::ffff:10.0.0.255, ::ffff:10.0.0.255",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "fe80::1%4294967295, fe80::1%4294967295",
        "fe80::1%0, fe80::1",
    })
    void readsAndWritesTheCanonicalForm(String text, String canonical) {
        assertThat(Objects.requireNonNull(NumericAddress.parse(text))).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.",
                "1.2.3.",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.256",
                "1.2.65536",
                "1.16777216",
                "4294967296",
                "08.1.1.1",
                "0x.1.1.1",
                "-1.2.3.4",
                "+1",
                " 1.2.3.4",
                "1.2.3.4 ",
                "localhost",
                "١.1.1.1",
                ":",
                ":::",
                "1:::2",
                "::1::",
                "1:2",
                "g::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "::1.2.3",
                "::1.2.3.256",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "fe80::1%",
                "fe80::1%eth0",
                "fe80::1%4294967296",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:"
            })
    void refusesAnythingElse(String text) {
        assertThat(NumericAddress.parse(text)).isNull();
    }
}
