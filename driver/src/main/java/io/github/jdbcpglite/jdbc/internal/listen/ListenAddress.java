package io.github.jdbcpglite.jdbc.internal.listen;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen: {@code port}, {@code host:port}, {@code [address]:port}, {@code *:port} or the
 * path of a Unix socket, which has at least one slash.
 *
 * <p>As with PostgreSQL's {@code listen_addresses}, {@code 0.0.0.0} is every IPv4 address and
 * {@code *} every address. {@code [::]} is every address too, since Java opens no socket for IPv6
 * alone.
 *
 * @param text as written
 * @param path of the Unix socket; empty for TCP
 * @param host of the TCP port; empty for a Unix socket
 * @param port 0 for any free one
 */
public record ListenAddress(String text, Optional<Path> path, String host, int port) {
    /** What is accepted, for messages. */
    public static final String ACCEPTED =
            "a port from 0 to 65535, host:port, *:port, or the path of a Unix socket with a slash"
                    + " in it";

    /** The file name that PostgreSQL's own clients look for in a directory. */
    private static final String FILE_IN_DIRECTORY = ".s.PGSQL.5432";

    private static final Pattern TCP =
            Pattern.compile("(?:(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+|\\*):)?([0-9]{1,5})");
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ANY = "*";
    private static final int MAX_PORT = 65535;

    /**
     * Reads an address.
     *
     * @return nothing if the text is none
     */
    public static Optional<ListenAddress> parse(String text) {
        Matcher tcp = TCP.matcher(text);
        if (tcp.matches()) {
            int port = Integer.parseInt(tcp.group(2));
            String host = tcp.group(1) == null ? LOOPBACK : tcp.group(1);
            return port > MAX_PORT
                    ? Optional.empty()
                    : Optional.of(
                            new ListenAddress(
                                    text, Optional.empty(), host.replaceAll("[\\[\\]]", ""), port));
        }
        if (text.indexOf('/') < 0 && text.indexOf('\\') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ListenAddress(text, Optional.of(Path.of(text)), "", 0));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Returns whether it is a Unix socket. */
    public boolean isUnix() {
        return path.isPresent();
    }

    /** Returns the file of the Unix socket: in a directory, the one PostgreSQL's clients expect. */
    Path socketFile() {
        Path file = path.orElseThrow();
        return text.endsWith("/") || Files.isDirectory(file)
                ? file.resolve(FILE_IN_DIRECTORY)
                : file;
    }

    SocketAddress toSocketAddress() throws UnknownHostException {
        if (isUnix()) {
            return UnixDomainSocketAddress.of(socketFile());
        }
        return host.equals(ANY)
                ? new InetSocketAddress(port)
                : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /**
     * Opens the kind of channel that listens there and nowhere else.
     *
     * @param address what {@link #toSocketAddress} returned
     */
    ServerSocketChannel openChannel(SocketAddress address) throws IOException {
        if (isUnix()) {
            return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        }
        // One of the default kind that is bound to 0.0.0.0 takes IPv6 clients as well.
        boolean inet4 =
                !host.equals(ANY)
                        && address instanceof InetSocketAddress inet
                        && inet.getAddress() instanceof Inet4Address;
        return inet4
                ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                : ServerSocketChannel.open();
    }
}
