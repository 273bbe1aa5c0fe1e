package io.github.jdbcpglite.cli;

import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import io.github.jdbcpglite.jdbc.PGliteServer;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** How clients come into a database that is served, and the file with the password for them. */
final class Access implements AutoCloseable {
    private static final String WRONG_PASSWORD = "28P01";
    private static final String SOCKET_NAME = ".s.PGSQL.";

    private final List<String> lines = new ArrayList<>();
    private @Nullable PasswordFile temporary;

    private Access() {}

    /**
     * Finds out, and keeps the password if one was made up.
     *
     * @param given whether the user has named a password, and so knows it
     * @throws IOException if the password cannot be kept; nobody would know it
     */
    static Access of(PGliteServer server, String user, boolean given)
            throws IOException, SQLException {
        Access access = new Access();
        if (server.getAddress() instanceof UnixDomainSocketAddress socket) {
            access.addSocket(socket.getPath(), user);
        } else {
            access.addPort(server, user, given);
        }
        return access;
    }

    /** Returns what to tell the user. */
    List<String> lines() {
        return lines;
    }

    private void addSocket(Path socket, String user) {
        Path directory = socket.toAbsolutePath().getParent();
        String name = String.valueOf(socket.getFileName());
        if (directory != null && name.startsWith(SOCKET_NAME)) {
            String port = name.substring(SOCKET_NAME.length());
            lines.add(
                    "psql: psql -h "
                            + quote(directory)
                            + " -p "
                            + port
                            + " -U "
                            + user
                            + " postgres");
        } else {
            lines.add("psql finds a socket only if it is named " + SOCKET_NAME + "PORT");
        }
        lines.add("No password: who may open the socket, which is its owner, is let in");
    }

    private void addPort(PGliteServer server, String user, boolean given)
            throws IOException, SQLException {
        String url = server.getJdbcUrl("postgres").orElseThrow();
        Optional<Path> file = given ? Optional.empty() : keep(server, user, url);
        String host = url.replaceFirst("jdbc:postgresql://\\[?(.*?)]?:\\d+/.*", "$1");
        lines.add(
                "psql: "
                        + file.map(path -> "PGPASSFILE=" + quote(path) + " ").orElse("")
                        + "psql -h "
                        + host
                        + " -p "
                        + server.getPort()
                        + " -U "
                        + user
                        + " postgres");
        lines.add("JDBC: " + url + "?user=" + user);
        file.ifPresent(
                path -> lines.add("Password: in " + path + ", which only its owner may read"));
        if (!given && file.isEmpty()) {
            lines.add(
                    "Password: "
                            + user
                            + " has a password that is not kept here; --password-file and"
                            + " PGPASSWORD set another");
        }
    }

    /** Returns the file that has the password, or nothing if the user has to know it. */
    private Optional<Path> keep(PGliteServer server, String user, String url)
            throws IOException, SQLException {
        Optional<PasswordFile> lasting = besideDirectory();
        String madeUp = server.getPassword();
        if (madeUp != null) {
            PasswordFile file = lasting.isPresent() ? lasting.get() : temporary();
            file.write(user, madeUp);
            return Optional.of(file.path());
        }
        Optional<String> kept = lasting.isPresent() ? lasting.get().read(user) : Optional.empty();
        if (kept.isPresent() && isRight(url, user, kept.get())) {
            return lasting.map(PasswordFile::path);
        }
        return Optional.empty();
    }

    private static boolean isRight(String url, String user, String password) throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", user);
        info.setProperty("password", password);
        try (Connection connection = new Driver().connect(url, info)) {
            return connection != null;
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Returns the file of a database in a directory; this process has opened no other. */
    private static Optional<PasswordFile> besideDirectory() {
        for (PGliteClusterInfo cluster : PGliteClusters.open()) {
            if (cluster.getName().startsWith("file:")) {
                String directory = cluster.getName().substring("file:".length());
                return Optional.of(new PasswordFile(Path.of(directory + ".pgpass")));
            }
        }
        return Optional.empty();
    }

    private PasswordFile temporary() throws IOException {
        Path directory = Files.createTempDirectory("jdbc-pglite-");
        PasswordFile file = new PasswordFile(directory.resolve("pgpass"));
        temporary = file;
        return file;
    }

    private static String quote(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Deletes the file if it was to last no longer. */
    @Override
    public void close() throws IOException {
        PasswordFile file = temporary;
        if (file != null) {
            file.delete();
            Files.deleteIfExists(file.path().toAbsolutePath().getParent());
        }
    }
}
