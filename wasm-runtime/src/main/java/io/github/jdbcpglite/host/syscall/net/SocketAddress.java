package io.github.jdbcpglite.host.syscall.net;

import io.github.jdbcpglite.engine.LinearMemory;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct sockaddr_in} (16 bytes) and {@code sockaddr_in6} (28 bytes): family u16 at 0, port
 * at 2 in network order, address at 4 or, after the flow label, at 8, zone at 24.
 *
 * @param address the address
 * @param port port number, 0 to 65535
 */
record SocketAddress(NumericAddress address, int port) {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int V4_STRUCT_BYTES = 16;
    static final int V6_STRUCT_BYTES = 28;

    private static final int PORT = 2;
    private static final int V4_ADDRESS = 4;
    private static final int V6_ADDRESS = 8;
    private static final int V6_SCOPE = 24;
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    int family() {
        return address.isV6() ? AF_INET6 : AF_INET;
    }

    int structBytes() {
        return address.isV6() ? V6_STRUCT_BYTES : V4_STRUCT_BYTES;
    }

    /** Reads a struct; {@code null} if the family is unknown or the length too short for it. */
    static @Nullable SocketAddress read(LinearMemory memory, int addr, int length) {
        if (length < V4_STRUCT_BYTES) {
            return null;
        }
        int family = Short.toUnsignedInt(memory.getShort(addr));
        int port = Short.toUnsignedInt(Short.reverseBytes(memory.getShort(addr + PORT)));
        if (family == AF_INET) {
            byte[] bytes = memory.getBytes(addr + V4_ADDRESS, V4_BYTES);
            return new SocketAddress(NumericAddress.of(bytes, 0), port);
        }
        if (family == AF_INET6 && length >= V6_STRUCT_BYTES) {
            byte[] bytes = memory.getBytes(addr + V6_ADDRESS, V6_BYTES);
            int scope = memory.getInt(addr + V6_SCOPE);
            return new SocketAddress(NumericAddress.of(bytes, scope), port);
        }
        return null;
    }

    void write(LinearMemory memory, int addr) {
        memory.fill(addr, structBytes(), (byte) 0);
        memory.putShort(addr, (short) family());
        memory.putShort(addr + PORT, Short.reverseBytes((short) port));
        byte[] bytes = address.bytes();
        memory.put(addr + (address.isV6() ? V6_ADDRESS : V4_ADDRESS), bytes, 0, bytes.length);
        if (address.isV6()) {
            memory.putInt(addr + V6_SCOPE, address.scope());
        }
    }
}
