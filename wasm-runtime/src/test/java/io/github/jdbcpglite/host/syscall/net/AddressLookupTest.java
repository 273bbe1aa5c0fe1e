package io.github.jdbcpglite.host.syscall.net;

import static io.github.jdbcpglite.host.syscall.GuestFixture.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.syscall.GuestFixture;
import org.junit.jupiter.api.Test;

class AddressLookupTest {
    private static final String GETADDRINFO = "getaddrinfo";
    private static final String GETNAMEINFO = "getnameinfo";
    private static final int PASSIVE = 1;
    private static final int CANONNAME = 2;
    private static final int NUMERICHOST = 4;
    private static final int V4MAPPED = 8;
    private static final int NUMERICSERV = 0x400;
    private static final int V4 = 2;
    private static final int V6 = 10;
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;

    private final GuestFixture guest;
    private final int result;

    AddressLookupTest() throws ErrnoException {
        guest = new GuestFixture();
        result = guest.allocate(4);
    }

    private int hints(int flags, int family, int type, int protocol) {
        return guest.ints(flags, family, type, protocol, 0, 0, 0, 0);
    }

    /** Looks up and returns the text of address and port that getnameinfo makes of the result. */
    private String lookUp(long node, long service, int hints) {
        guest.succeeds(GETADDRINFO, node, service, hints, result);
        int info = guest.memory.getInt(result);
        int host = guest.allocate(64);
        int port = guest.allocate(8);
        guest.succeeds(
                GETNAMEINFO,
                guest.memory.getInt(info + 20),
                guest.memory.getInt(info + 16),
                host,
                64,
                port,
                8,
                3);
        return guest.memory.getString(host) + " " + guest.memory.getString(port);
    }

    private void fails(int code, long node, long service, int hints) {
        assertThat(guest.call(GETADDRINFO, node, service, hints, result)).isEqualTo(code);
    }

    @Test
    void anIpv4AddressHasTheLayoutOfEmscripten() {
        int hints = hints(NUMERICHOST, 0, STREAM, 0);
        guest.succeeds(GETADDRINFO, guest.string("127.0.0.1"), guest.string("5432"), hints, result);
        int info = guest.memory.getInt(result);
        int[] expected = {0, V4, STREAM, 6, 16};
        for (int i = 0; i < expected.length; i++) {
            assertThat(guest.memory.getInt(info + 4 * i)).isEqualTo(expected[i]);
        }
        assertThat(guest.memory.getLong(info + 24)).isZero();
        int address = guest.memory.getInt(info + 20);
        assertThat(guest.memory.getBytes(address, 16))
                .containsExactly(2, 0, 0x15, 0x38, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void anIpv6AddressHasTheLayoutOfEmscripten() {
        guest.succeeds(GETADDRINFO, guest.string("fe80::12%3"), 0, 0, result);
        int info = guest.memory.getInt(result);
        assertThat(guest.memory.getInt(info + 4)).isEqualTo(V6);
        assertThat(guest.memory.getInt(info + 16)).isEqualTo(28);
        int address = guest.memory.getInt(info + 20);
        byte[] expected = new byte[28];
        expected[0] = 10;
        expected[8] = (byte) 0xFE;
        expected[9] = (byte) 0x80;
        expected[23] = 0x12;
        expected[24] = 3;
        assertThat(guest.memory.getBytes(address, 28)).isEqualTo(expected);
    }

    @Test
    void withoutHostTheFlagsTellWhichAddress() {
        int port = guest.string("80");
        assertThat(lookUp(0, port, hints(PASSIVE, 0, 0, 0))).isEqualTo("0.0.0.0 80");
        assertThat(lookUp(0, port, hints(PASSIVE, V6, 0, 0))).isEqualTo(":: 80");
        assertThat(lookUp(0, port, 0)).isEqualTo("127.0.0.1 80");
        assertThat(lookUp(0, port, hints(0, V6, 0, 0))).isEqualTo("::1 80");
    }

    @Test
    void hostsAreNumbersOrLocalhost() {
        assertThat(lookUp(guest.string("localhost"), 0, 0)).isEqualTo("127.0.0.1 0");
        assertThat(lookUp(guest.string("LocalHost"), 0, hints(0, V6, 0, 0))).isEqualTo("::1 0");
        fails(-2, guest.string("localhost"), 0, hints(NUMERICHOST, 0, 0, 0));
        fails(-2, guest.string("example.org"), 0, 0);
        fails(-2, guest.string(""), 0, 0);
        fails(-2, guest.string("1.2.3.4"), 0, hints(0, V6, 0, 0));
        fails(-2, guest.string("::1"), 0, hints(0, V4, 0, 0));
        assertThat(lookUp(guest.string("1.2.3.4"), 0, hints(V4MAPPED, V6, 0, 0)))
                .isEqualTo("::ffff:1.2.3.4 0");
    }

    @Test
    void servicesAreNumbers() {
        int host = guest.string("::1");
        assertThat(lookUp(host, guest.string("65535"), 0)).isEqualTo("::1 65535");
        fails(-8, host, guest.string("65536"), 0);
        fails(-8, host, guest.string("-1"), 0);
        fails(-8, host, guest.string("postgresql"), 0);
        fails(-8, host, guest.string(""), 0);
        fails(-2, host, guest.string("http"), hints(NUMERICSERV, 0, 0, 0));
    }

    @Test
    void hintsAreChecked() {
        int host = guest.string("::1");
        fails(-2, 0, 0, 0);
        fails(-1, host, 0, hints(0x800, 0, 0, 0));
        fails(-1, 0, guest.string("1"), hints(CANONNAME, 0, 0, 0));
        fails(-6, host, 0, hints(0, 1, 0, 0));
        fails(-7, host, 0, hints(0, 0, 9, 0));
        fails(-7, host, 0, hints(0, 0, STREAM, 17));
        fails(-4, OUTSIDE, 0, 0);
        fails(-4, host, 0, OUTSIDE);
        guest.calls.exhausted = true;
        fails(-10, host, 0, 0);
    }

    @Test
    void typeAndProtocolCompleteEachOther() {
        int host = guest.string("::1");
        int[][] cases = {{0, 0, STREAM, 6}, {0, 17, DATAGRAM, 17}, {DATAGRAM, 0, DATAGRAM, 17}};
        for (int[] each : cases) {
            guest.succeeds(GETADDRINFO, host, 0, hints(0, 0, each[0], each[1]), result);
            int info = guest.memory.getInt(result);
            assertThat(guest.memory.getInt(info + 8)).isEqualTo(each[2]);
            assertThat(guest.memory.getInt(info + 12)).isEqualTo(each[3]);
        }
    }

    @Test
    void theCanonicalNameIsFreedWithTheStruct() {
        guest.succeeds(GETADDRINFO, guest.string("::1"), 0, hints(CANONNAME, 0, 0, 0), result);
        int info = guest.memory.getInt(result);
        assertThat(guest.memory.getInt(info + 24)).isEqualTo(info + 32);
        assertThat(guest.memory.getString(info + 32)).isEqualTo("::1");
    }

    @Test
    void getnameinfoFailsAsPosixSays() {
        int v4 = guest.allocate(16);
        guest.memory.fill(v4, 16, (byte) 0);
        guest.memory.putShort(v4, (short) V4);
        int text = guest.string("12345678");
        assertThat(guest.call(GETNAMEINFO, v4, 16, text, 8, 0, 0, 0)).isZero();
        assertThat(guest.memory.getString(text)).isEqualTo("0.0.0.0");
        assertThat(guest.call(GETNAMEINFO, v4, 16, text, 7, 0, 0, 0)).isEqualTo(-12);
        assertThat(guest.call(GETNAMEINFO, v4, 16, 0, 0, text, 1, 0)).isEqualTo(-12);
        assertThat(guest.call(GETNAMEINFO, v4, 16, text, 8, 0, 0, 8)).isEqualTo(-2);
        assertThat(guest.call(GETNAMEINFO, v4, 16, text, 0, 0, 0, 0)).isEqualTo(-2);
        assertThat(guest.call(GETNAMEINFO, v4, 15, text, 8, 0, 0, 0)).isEqualTo(-6);
        guest.memory.putShort(v4, (short) V6);
        assertThat(guest.call(GETNAMEINFO, v4, 16, text, 8, 0, 0, 0)).isEqualTo(-6);
        guest.memory.putShort(v4, (short) 1);
        assertThat(guest.call(GETNAMEINFO, v4, 110, text, 8, 0, 0, 0)).isEqualTo(-6);
        assertThat(guest.call(GETNAMEINFO, OUTSIDE, 16, text, 8, 0, 0, 0)).isEqualTo(-4);
    }

    @Test
    void thereAreNoSockets() throws ErrnoException {
        guest.fails(Errno.EAFNOSUPPORT, "__syscall_socket", V4, STREAM, 0, 0, 0, 0);
        String[] names = {"bind", "connect", "sendto", "recvfrom"};
        for (String name : names) {
            guest.fails(Errno.EBADF, "__syscall_" + name, 50, 64, 16, 0, 0, 0);
            guest.fails(Errno.ENOTSOCK, "__syscall_" + name, 0, 64, 16, 0, 0, 0);
        }
    }
}
