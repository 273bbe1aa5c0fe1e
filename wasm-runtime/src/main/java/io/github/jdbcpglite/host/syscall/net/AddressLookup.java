package io.github.jdbcpglite.host.syscall.net;

import static io.github.jdbcpglite.host.syscall.net.SocketAddress.AF_INET;
import static io.github.jdbcpglite.host.syscall.net.SocketAddress.AF_INET6;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.process.GuestCalls;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code getaddrinfo} and {@code getnameinfo} without any resolver: numeric addresses, numeric
 * services and {@code localhost}. PostgreSQL needs them to read {@code pg_hba.conf}.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/freeaddrinfo.html">
 *     getaddrinfo</a>
 */
final class AddressLookup {
    static final int EAI_BADFLAGS = -1;
    static final int EAI_NONAME = -2;
    static final int EAI_FAIL = -4;
    static final int EAI_FAMILY = -6;
    static final int EAI_SOCKTYPE = -7;
    static final int EAI_SERVICE = -8;
    static final int EAI_MEMORY = -10;
    static final int EAI_OVERFLOW = -12;

    private static final int AI_PASSIVE = 0x01;
    private static final int AI_CANONNAME = 0x02;
    private static final int AI_NUMERICHOST = 0x04;
    private static final int AI_V4MAPPED = 0x08;
    private static final int AI_ALL = 0x10;
    private static final int AI_ADDRCONFIG = 0x20;
    private static final int AI_NUMERICSERV = 0x400;
    private static final int AI_KNOWN =
            AI_PASSIVE
                    | AI_CANONNAME
                    | AI_NUMERICHOST
                    | AI_V4MAPPED
                    | AI_ALL
                    | AI_ADDRCONFIG
                    | AI_NUMERICSERV;
    private static final int NI_NAMEREQD = 8;

    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;
    private static final int PORT_MAX = 65535;
    private static final int NAME_MAX = 1025; // NI_MAXHOST

    /**
     * {@code struct addrinfo}: family@4 type@8 proto@12 addrlen@16 addr@20 canonname@24 next@28.
     */
    private static final int INFO_BYTES = 32;

    private final GuestProcess process;
    private final LinearMemory memory;
    private final GuestMemory strings;

    AddressLookup(GuestProcess process) {
        this.process = process;
        this.memory = process.memory();
        this.strings = new GuestMemory(memory);
    }

    /** What a caller of {@code getaddrinfo} wants; all zero without hints. */
    private record Hints(int flags, int family, int type, int protocol) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /** {@code getaddrinfo(node, service, hints, result)}: 0 or an EAI code. */
    long getaddrinfo(long[] args) throws ErrnoException {
        String node = args[0] == 0 ? null : name((int) args[0]);
        String service = args[1] == 0 ? null : name((int) args[1]);
        Hints hints = readHints((int) args[2]);
        strings.check((int) args[3], Integer.BYTES);
        int problem = check(node, service, hints);
        if (problem != 0) {
            return problem;
        }
        int port = service == null ? 0 : parsePort(service);
        if (port < 0) {
            return hints.has(AI_NUMERICSERV) ? EAI_NONAME : EAI_SERVICE;
        }
        NumericAddress address = resolve(node, hints);
        if (address == null) {
            return EAI_NONAME;
        }
        return writeInfo(new SocketAddress(address, port), hints, node, (int) args[3]);
    }

    private String name(int addr) throws ErrnoException {
        return new String(strings.bytes(addr, NAME_MAX), StandardCharsets.UTF_8);
    }

    private Hints readHints(int addr) throws ErrnoException {
        if (addr == 0) {
            return new Hints(0, 0, 0, 0);
        }
        strings.check(addr, INFO_BYTES);
        return new Hints(
                memory.getInt(addr),
                memory.getInt(addr + 4),
                memory.getInt(addr + 8),
                memory.getInt(addr + 12));
    }

    private static int check(@Nullable String node, @Nullable String service, Hints hints) {
        if (node == null && service == null) {
            return EAI_NONAME;
        }
        if ((hints.flags() & ~AI_KNOWN) != 0 || (hints.has(AI_CANONNAME) && node == null)) {
            return EAI_BADFLAGS;
        }
        if (hints.family() != 0 && hints.family() != AF_INET && hints.family() != AF_INET6) {
            return EAI_FAMILY;
        }
        boolean matches =
                switch (hints.type()) {
                    case 0, SOCK_RAW -> true;
                    case SOCK_STREAM -> hints.protocol() == 0 || hints.protocol() == IPPROTO_TCP;
                    case SOCK_DGRAM -> hints.protocol() == 0 || hints.protocol() == IPPROTO_UDP;
                    default -> false;
                };
        return matches ? 0 : EAI_SOCKTYPE;
    }

    /** Returns a decimal port, or -1: there is no list of services. */
    private static int parsePort(String service) {
        if (service.isEmpty() || service.length() > 5) {
            return -1;
        }
        for (int i = 0; i < service.length(); i++) {
            if (service.charAt(i) < '0' || service.charAt(i) > '9') {
                return -1;
            }
        }
        int port = Integer.parseInt(service);
        return port > PORT_MAX ? -1 : port;
    }

    private static @Nullable NumericAddress resolve(@Nullable String node, Hints hints) {
        boolean wantsV6 = hints.family() == AF_INET6;
        if (node == null) {
            String any = wantsV6 ? "::" : "0.0.0.0";
            String loopback = wantsV6 ? "::1" : "127.0.0.1";
            return NumericAddress.parse(hints.has(AI_PASSIVE) ? any : loopback);
        }
        NumericAddress address = NumericAddress.parse(node);
        if (address == null) {
            boolean local = node.equalsIgnoreCase("localhost") && !hints.has(AI_NUMERICHOST);
            return local ? NumericAddress.parse(wantsV6 ? "::1" : "127.0.0.1") : null;
        }
        if (hints.family() == 0 || wantsV6 == address.isV6()) {
            return address;
        }
        return wantsV6 && hints.has(AI_V4MAPPED) ? address.mapped() : null;
    }

    /**
     * Writes one {@code addrinfo}. Emscripten's {@code freeaddrinfo} frees {@code ai_addr} and the
     * struct and nothing else, so the canonical name lies behind the struct.
     */
    private int writeInfo(
            SocketAddress address, Hints hints, @Nullable String node, int resultAddr) {
        byte[] canonical =
                hints.has(AI_CANONNAME) && node != null
                        ? node.getBytes(StandardCharsets.UTF_8)
                        : null;
        int nameBytes = canonical == null ? 0 : canonical.length + 1;
        GuestCalls guest = process.guestCalls();
        int socketAddr = guest.malloc(address.structBytes());
        int infoAddr = socketAddr == 0 ? 0 : guest.malloc(INFO_BYTES + nameBytes);
        if (infoAddr == 0) {
            guest.free(socketAddr);
            return EAI_MEMORY;
        }
        address.write(memory, socketAddr);
        int type = hints.type();
        if (type == 0) {
            type = hints.protocol() == IPPROTO_UDP ? SOCK_DGRAM : SOCK_STREAM;
        }
        memory.fill(infoAddr, INFO_BYTES, (byte) 0);
        memory.putInt(infoAddr + 4, address.family());
        memory.putInt(infoAddr + 8, type);
        memory.putInt(infoAddr + 12, protocol(type, hints));
        memory.putInt(infoAddr + 16, address.structBytes());
        memory.putInt(infoAddr + 20, socketAddr);
        if (canonical != null) {
            memory.putInt(infoAddr + 24, infoAddr + INFO_BYTES);
            strings.writeString(infoAddr + INFO_BYTES, canonical);
        }
        memory.putInt(resultAddr, infoAddr);
        return 0;
    }

    private static int protocol(int type, Hints hints) {
        if (hints.protocol() != 0 || type == SOCK_RAW) {
            return hints.protocol();
        }
        return type == SOCK_DGRAM ? IPPROTO_UDP : IPPROTO_TCP;
    }

    /**
     * {@code getnameinfo(sa, salen, node, nodelen, serv, servlen, flags)}: always numeric; 0 or an
     * EAI code.
     */
    long getnameinfo(long[] args) throws ErrnoException {
        int length = (int) args[1];
        int hostAddr = args[3] == 0 ? 0 : (int) args[2];
        int serviceAddr = args[5] == 0 ? 0 : (int) args[4];
        strings.check((int) args[0], length);
        SocketAddress address = SocketAddress.read(memory, (int) args[0], length);
        if (address == null) {
            return EAI_FAMILY;
        }
        if (hostAddr == 0 && serviceAddr == 0) {
            return EAI_NONAME;
        }
        if (hostAddr != 0 && ((int) args[6] & NI_NAMEREQD) != 0) {
            return EAI_NONAME;
        }
        boolean fits = writeText(hostAddr, (int) args[3], address.address().toString());
        fits &= writeText(serviceAddr, (int) args[5], Integer.toString(address.port()));
        return fits ? 0 : EAI_OVERFLOW;
    }

    private boolean writeText(int addr, int size, String text) throws ErrnoException {
        if (addr == 0) {
            return true;
        }
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (Integer.compareUnsigned(bytes.length + 1, size) > 0) {
            return false;
        }
        strings.check(addr, bytes.length + 1);
        strings.writeString(addr, bytes);
        return true;
    }
}
