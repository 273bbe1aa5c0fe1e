package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClosePolicy;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.listen.ListenAddress;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This driver's own connection properties. pgjdbc's are accepted besides them, under pgjdbc's
 * names.
 */
public enum PGliteProperty {
    /** Where the cluster is copied to when it closes. */
    BACKUP(
            "pglite.backup",
            Type.ARCHIVE,
            true,
            "An archive (.tar, .tar.gz, .tgz) that the cluster is copied to when it closes, in"
                    + " place of an older copy of the same cluster; other files are not replaced."
                    + " A cluster in memory that is opened again with it in pglite.load goes on"
                    + " where it was.",
            null,
            List.of()),
    /** When the cluster closes. */
    CLOSE(
            "pglite.close",
            Type.CLOSE,
            true,
            "When the cluster closes: with the JVM (jvm), with its last connection (last), or that"
                    + " many seconds after its last connection. In memory the default is jvm, in a"
                    + " directory last; temp: always closes with its connection.",
            null,
            List.of("jvm", "last")),
    /** How long the end of the JVM waits for those who use the cluster. */
    EXIT_WAIT(
            "pglite.exitWait",
            Type.EXIT_WAIT,
            true,
            "How many seconds the end of the JVM waits at most, before it closes a cluster in a"
                    + " directory, for the application's shutdown hooks to end and for statements"
                    + " and transactions under way; or application, to leave closing to it: then"
                    + " what is open when the JVM ends is recovered when it is opened again.",
            Integer.toString(ClosePolicy.DEFAULT_EXIT_WAIT_SECONDS),
            List.of("application")),
    /** Whether what the connection names is made. */
    CREATE(
            "pglite.create",
            Type.CHOICE,
            false,
            "Whether the user and the database that the connection names are created if they do"
                    + " not exist (true): the user as a superuser with the connection's password,"
                    + " the database as the user's.",
            "false",
            List.of("true", "false")),
    /** What a commit waits for. */
    DURABILITY(
            "pglite.durability",
            Type.CHOICE,
            true,
            "What a commit waits for in a cluster kept in a directory: the disk (full), nothing but"
                    + " consistency after a crash (relaxed), nothing at all (off).",
            "full",
            List.of("full", "relaxed", "off")),
    /** Which extensions sessions may create. */
    EXTENSIONS(
            "pglite.extensions",
            Type.NAMES,
            true,
            "Which of the extensions on the class path sessions may create: a comma-separated list"
                + " of names, to which those that they need are added, or none. By default all.",
            null,
            List.of("none")),
    /** Whether a directory without a cluster is refused. */
    IF_EXISTS(
            "pglite.ifExists",
            Type.CHOICE,
            false,
            "Whether a directory that does not exist or holds no cluster is refused with 58P01"
                    + " (true), or a cluster is made there (false).",
            "false",
            List.of("true", "false")),
    /** The scripts that fill a new cluster. */
    INIT(
            "pglite.init",
            Type.SCRIPTS,
            true,
            "SQL scripts that run when the cluster is created, as the connection's user in its"
                    + " database: classpath:name or file:path, several separated by commas. If one"
                    + " fails, there is no cluster. A directory that holds one is opened without.",
            null,
            List.of()),
    /** The backup that a cluster is made from. */
    LOAD(
            "pglite.load",
            Type.TEXT,
            true,
            "A backup that a new cluster starts from: a data directory, or an archive of one (.tar,"
                    + " .tar.gz), such as PGlite's dumpDataDir or the backup of this driver makes."
                    + " A directory that holds a cluster already is refused.",
            null,
            List.of()),
    /** Whether a directory is only read. */
    READ_ONLY(
            "pglite.readOnly",
            Type.CHOICE,
            true,
            "Whether a directory is only read (true): what is opened is a copy of it in memory, in"
                    + " which transactions are read-only unless they say otherwise, and nothing in"
                    + " the directory changes.",
            "false",
            List.of("true", "false")),
    /** What a new cluster is cloned from. */
    TEMPLATE(
            "pglite.template",
            Type.TEXT,
            true,
            "The name of a template, made with PGlite.saveTemplate, of which a new cluster in"
                    + " memory becomes a copy.",
            null,
            List.of()),
    /** How many connections may be open at once. */
    MAX_BACKENDS(
            "pglite.maxBackends",
            Type.CONNECTIONS,
            true,
            "How many connections to the cluster may be open at once, from "
                    + ClusterOptions.MIN_CONNECTIONS
                    + " to "
                    + ClusterOptions.MAX_CONNECTIONS
                    + ".",
            null,
            List.of()),
    /** How much memory the cluster may take. */
    MEMORY(
            "pglite.memory",
            Type.SIZE,
            true,
            "How much memory the cluster may take with the private memory of its sessions and with"
                    + " what it writes to files in memory, in bytes or with a unit (kB, MB, GB)."
                    + " Beyond it statements fail with 53200 or 53100 and sessions go on;"
                    + " PostgreSQL's shared memory is not counted. By default only the heap of the"
                    + " JVM is the limit.",
            null,
            List.of()),
    /** Where the cluster listens for clients outside this process. */
    LISTEN(
            "pglite.listen",
            Type.LISTEN,
            true,
            "Where the cluster, once this connection has opened it, listens for psql and other"
                    + " clients outside this process: a port, which is of 127.0.0.1 only,"
                    + " host:port, *:port, or the path of a Unix socket. Port 0 finds a free one.",
            null,
            List.of()),
    /** The password of the user for clients that come over TCP. */
    LISTEN_PASSWORD(
            "pglite.listenPassword",
            Type.TEXT,
            false,
            "The password that the user gets when the cluster opens with pglite.listen; by default"
                    + " the connection's password. One of them is needed over TCP unless the user"
                    + " has a password already.",
            null,
            List.of()),
    /** Which URL {@code DatabaseMetaData.getURL} answers. */
    METADATA_URL(
            "pglite.metadataUrl",
            Type.CHOICE,
            false,
            "Which URL DatabaseMetaData.getURL answers: the one connected with (pglite), or one"
                + " that starts with jdbc:postgresql: (postgresql) for tools that tell databases"
                + " apart by it.",
            "pglite",
            List.of("pglite", "postgresql")),
    /** The target of a {@code jdbc:postgresql:} URL with {@link PGliteSocketFactory}. */
    TARGET(
            "pglite.target",
            Type.TEXT,
            false,
            "The target, such as memory:name, of a jdbc:postgresql: URL whose socketFactory is this"
                    + " driver's. Not allowed in a jdbc:pglite: URL, which has its target itself.",
            null,
            List.of());

    /**
     * The prefix of properties that set one of PostgreSQL's own settings for the whole cluster, as
     * in {@code pglite.postgres.work_mem=8MB}.
     */
    public static final String SETTING_PREFIX = "pglite.postgres.";

    /** How a value is read. */
    enum Type {
        TEXT,
        ARCHIVE,
        CHOICE,
        NAMES,
        SCRIPTS,
        CONNECTIONS,
        LISTEN,
        SIZE,
        CLOSE,
        EXIT_WAIT
    }

    private final String key;
    private final Type type;
    private final boolean ofCluster;
    private final String description;
    private final @Nullable String defaultValue;
    private final List<String> choices;

    PGliteProperty(
            String key,
            Type type,
            boolean ofCluster,
            String description,
            @Nullable String defaultValue,
            List<String> choices) {
        this.key = key;
        this.type = type;
        this.ofCluster = ofCluster;
        this.description = description;
        this.defaultValue = defaultValue;
        this.choices = choices;
    }

    /** Returns the name used in URLs and {@link java.util.Properties}. */
    public String getName() {
        return key;
    }

    /** Returns what the property does, in a sentence or two of English. */
    public String getDescription() {
        return description;
    }

    /** Returns the default, or nothing if it depends on the target or the cluster. */
    public Optional<String> getDefaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** Returns values that are accepted by name; for some properties others are too. */
    public List<String> getChoices() {
        return choices;
    }

    /** Returns whether it is of the whole cluster, so that all its connections have to agree. */
    public boolean isOfCluster() {
        return ofCluster;
    }

    /** Returns the property of a name, or nothing if there is none. */
    public static Optional<PGliteProperty> ofName(String name) {
        for (PGliteProperty property : values()) {
            if (property.key.equals(name)) {
                return Optional.of(property);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns a value in its one normal form, so that equal meanings are equal texts.
     *
     * @throws SQLException with SQLState 22023 if the value is not accepted
     */
    String normalize(String value) throws SQLException {
        return switch (type) {
            case TEXT -> value;
            case ARCHIVE -> archive(value);
            case CHOICE -> choice(value);
            case NAMES -> String.join(",", PropertyValues.names(key, value));
            case SCRIPTS -> InitScripts.normalize(key, value);
            case CONNECTIONS -> Integer.toString(connections(value));
            case LISTEN -> listen(value);
            case SIZE -> Long.toString(PropertyValues.sizeBytes(key, value));
            case CLOSE -> seconds(value, "jvm, last or a number of seconds");
            case EXIT_WAIT -> seconds(value, "a number of seconds, or application");
        };
    }

    /** Reads one of the choices or a number of seconds. */
    private String seconds(String value, String accepted) throws SQLException {
        return choices.contains(value)
                ? value
                : Integer.toString(
                        PropertyValues.integer(key, value, 0, Integer.MAX_VALUE, accepted));
    }

    DriverPropertyInfo toDriverPropertyInfo(@Nullable String value) {
        DriverPropertyInfo info = new DriverPropertyInfo(key, value == null ? defaultValue : value);
        info.description = description;
        info.required = false;
        info.choices = choices.isEmpty() ? null : choices.toArray(new String[0]);
        return info;
    }

    private String archive(String value) throws SQLException {
        Path path = PropertyValues.path(key, value).normalize();
        if (!ClusterOptions.isArchiveName(path)) {
            throw SqlErrors.invalidValue(key, value, "a file named .tar, .tar.gz or .tgz");
        }
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw SqlErrors.invalidValue(key, value, "a file in a directory that exists");
        }
        return path.toString();
    }

    private String choice(String value) throws SQLException {
        if (!choices.contains(value)) {
            throw SqlErrors.invalidValue(key, value, String.join(", ", choices));
        }
        return value;
    }

    private String listen(String value) throws SQLException {
        return ListenAddress.parse(value)
                .orElseThrow(() -> SqlErrors.invalidValue(key, value, ListenAddress.ACCEPTED))
                .text();
    }

    private int connections(String value) throws SQLException {
        int min = ClusterOptions.MIN_CONNECTIONS;
        int max = ClusterOptions.MAX_CONNECTIONS;
        return PropertyValues.integer(
                key, value, min, max, "a whole number from " + min + " to " + max);
    }
}
