package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.script.ScriptRunner;
import io.github.jdbcpglite.postgres.cluster.Cluster;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterSetup;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/** The scripts of {@code pglite.init}, run when a cluster is created. */
final class InitScripts implements ClusterSetup {
    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";
    private static final String ACCEPTED =
            "classpath:name or file:path of a script, several separated by commas";
    private static final String UNDEFINED_FILE = "58P01";
    private static final String BAD_ENCODING = "22021";

    private final String scripts;
    private final WeakReference<ClassLoader> application;
    private final boolean create;
    private final NamedLogin login;

    /**
     * Makes the set-up of a cluster.
     *
     * @param scripts in normal form
     * @param application where resources are looked for before this class's own loader; not kept
     *     alive
     * @param create whether user and database are made first
     * @param login whose user runs them, in whose database
     */
    InitScripts(
            String scripts, @Nullable ClassLoader application, boolean create, NamedLogin login) {
        this.scripts = scripts;
        this.application = new WeakReference<>(application);
        this.create = create;
        this.login = login;
    }

    /** Returns a list of scripts in its one form, in which paths are absolute. */
    static String normalize(String key, String value) throws SQLException {
        List<String> names = new ArrayList<>();
        for (String written : value.split(",", -1)) {
            String name = written.strip();
            if (name.startsWith(CLASS_PATH) && name.length() > CLASS_PATH.length()) {
                names.add(name);
            } else if (name.startsWith(FILE) && name.length() > FILE.length()) {
                names.add(FILE + absolute(key, name.substring(FILE.length())));
            } else {
                throw SqlErrors.invalidValue(key, value, ACCEPTED);
            }
        }
        return String.join(",", names);
    }

    private static Path absolute(String key, String path) throws SQLException {
        try {
            return Path.of(path.startsWith("//") ? path.substring(2) : path).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw SqlErrors.invalidValue(key, path, ACCEPTED + "; " + e.getReason());
        }
    }

    @Override
    public void run(Cluster cluster) throws ClusterException {
        try {
            Map<String, String> texts = new LinkedHashMap<>();
            for (String name : scripts.split(",", -1)) {
                texts.put(name, read(name));
            }
            if (create) {
                login.run(cluster);
            }
            for (Map.Entry<String, String> script : texts.entrySet()) {
                // Each has a session of its own: the settings of one are none of the next.
                try (PgConnection connection = login.connect(cluster)) {
                    ScriptRunner.run(connection, script.getKey(), script.getValue());
                }
            }
        } catch (SQLException e) {
            throw new ClusterException(
                    ClusterException.Kind.SETUP_FAILED,
                    PGliteProperty.INIT.getName() + " failed: " + e.getMessage(),
                    List.of(),
                    e);
        }
    }

    private String read(String name) throws SQLException {
        try (InputStream input = open(name)) {
            if (input == null) {
                throw new SQLException(
                        name + " is not on the class path of the application", UNDEFINED_FILE);
            }
            ByteBuffer bytes = ByteBuffer.wrap(input.readAllBytes());
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new SQLException(name + " is not in UTF-8", BAD_ENCODING, e);
        } catch (IOException e) {
            throw new SQLException(name + " cannot be read: " + e, UNDEFINED_FILE, e);
        }
    }

    private @Nullable InputStream open(String name) throws IOException {
        if (name.startsWith(FILE)) {
            return Files.newInputStream(Path.of(name.substring(FILE.length())));
        }
        String resource = name.substring(CLASS_PATH.length()).replaceFirst("^/+", "");
        ClassLoader first = application.get();
        InputStream found = first == null ? null : first.getResourceAsStream(resource);
        return found == null
                ? InitScripts.class.getClassLoader().getResourceAsStream(resource)
                : found;
    }
}
