package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClosePolicy;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.Durability;
import io.github.jdbcpglite.postgres.cluster.EngineChoice;
import java.nio.file.Path;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This driver's own connection properties. pgjdbc's are accepted besides them, under pgjdbc's
 * names.
 *
 * <p>A constant says all there is about its property: what users are told, how a value is read, and
 * what it changes in what is asked of the cluster. These are methods and not lambdas, each of which
 * the JVM makes a class for when the first connection is opened.
 */
public enum PGliteProperty {
    /** Where the cluster is copied to when it closes. */
    BACKUP(
            "pglite.backup",
            true,
            "An archive (.tar, .tar.gz, .tgz) that the cluster is copied to when it closes, in"
                    + " place of an older copy of the same cluster; other files are not replaced."
                    + " A cluster in memory that is opened again with it in pglite.load goes on"
                    + " where it was.",
            null) {
        @Override
        String normalize(String value) throws SQLException {
            return PropertyValues.archive(getName(), value);
        }

        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.with(ClusterOption.BACKUP_AT_CLOSE, Path.of(value));
        }
    },
    /** When the cluster closes. */
    CLOSE(
            "pglite.close",
            true,
            "When the cluster closes: with the JVM (jvm), with its last connection (last), or that"
                    + " many seconds after its last connection. In memory the default is jvm, in a"
                    + " directory last; temp: always closes with its connection.",
            null,
            "jvm",
            "last") {
        @Override
        String normalize(String value) throws SQLException {
            return PropertyValues.choiceOrSeconds(this, value, "jvm, last or a number of seconds");
        }

        @Override
        void apply(ClusterRequestBuilder request, String value) throws SQLException {
            request.close(value);
        }
    },
    /** How long the end of the JVM waits for those who use the cluster. */
    EXIT_WAIT(
            "pglite.exitWait",
            true,
            "How many seconds the end of the JVM waits at most, before it closes a cluster in a"
                    + " directory, for the application's shutdown hooks to end and for statements"
                    + " and transactions under way; or application, to leave closing to it: then"
                    + " what is open when the JVM ends is recovered when it is opened again.",
            Integer.toString(ClosePolicy.DEFAULT_EXIT_WAIT_SECONDS),
            "application") {
        @Override
        String normalize(String value) throws SQLException {
            return PropertyValues.choiceOrSeconds(
                    this, value, "a number of seconds, or application");
        }

        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.exitWait(value);
        }
    },
    /** Whether what the connection names is made. */
    CREATE(
            "pglite.create",
            false,
            "Whether the user and the database that the connection names are created if they do"
                    + " not exist (true): the user as a superuser with the connection's password,"
                    + " the database as the user's.",
            "false",
            "true",
            "false") {
        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.create(value);
        }
    },
    /** What a commit waits for. */
    DURABILITY(
            "pglite.durability",
            true,
            "What a commit waits for in a cluster kept in a directory: the disk (full), nothing but"
                    + " consistency after a crash (relaxed), nothing at all (off).",
            "full",
            "full",
            "relaxed",
            "off") {
        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.with(
                    ClusterOption.DURABILITY, Durability.valueOf(value.toUpperCase(Locale.ROOT)));
        }
    },
    /** What runs the cluster's code. */
    ENGINE(
            "pglite.engine",
            true,
            "What runs the cluster's code: native code of a jdbc-pglite-native artifact (native),"
                    + " classes of the JVM (bytecode), or native code if the class path has it for"
                    + " this platform and for every extension (auto). The JVM's property of the"
                    + " same name sets another default.",
            null,
            "auto",
            "native",
            "bytecode") {
        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.with(
                    ClusterOption.ENGINE, EngineChoice.valueOf(value.toUpperCase(Locale.ROOT)));
        }
    },
    /** Which extensions sessions may create. */
    EXTENSIONS(
            "pglite.extensions",
            true,
            "Which of the extensions on the class path sessions may create: a comma-separated list"
                + " of names, to which those that they need are added, or none. By default all.",
            null,
            "none") {
        @Override
        String normalize(String value) throws SQLException {
            return PropertyValues.extensions(getName(), value);
        }

        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.with(ClusterOption.EXTENSIONS, PropertyValues.list(value));
        }
    },
    /** Whether a directory without a cluster is refused. */
    IF_EXISTS(
            "pglite.ifExists",
            false,
            "Whether a directory that does not exist or holds no cluster is refused with 58P01"
                    + " (true), or a cluster is made there (false).",
            "false",
            "true",
            "false") {
        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.with(ClusterOption.MUST_EXIST, Boolean.valueOf(value));
        }
    },
    /** The scripts that fill a new cluster. */
    INIT(
            "pglite.init",
            true,
            "SQL scripts that run when the cluster is created, as the connection's user in its"
                    + " database: classpath:name or file:path, several separated by commas. If one"
                    + " fails, there is no cluster. A directory that holds one is opened without.",
            null) {
        @Override
        String normalize(String value) throws SQLException {
            return InitScripts.normalize(getName(), value);
        }

        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.init(value);
        }
    },
    /** The backup that a cluster is made from. */
    LOAD(
            "pglite.load",
            true,
            "A backup that a new cluster starts from: a data directory, or an archive of one (.tar,"
                    + " .tar.gz), such as PGlite's dumpDataDir or the backup of this driver makes."
                    + " A directory that holds a cluster already is refused.",
            null) {
        @Override
        void apply(ClusterRequestBuilder request, String value) throws SQLException {
            request.load(value);
        }
    },
    /** Whether a directory is only read. */
    READ_ONLY(
            "pglite.readOnly",
            true,
            "Whether a directory is only read (true): what is opened is a copy of it in memory, in"
                    + " which transactions are read-only unless they say otherwise, and nothing in"
                    + " the directory changes.",
            "false",
            "true",
            "false") {
        @Override
        void apply(ClusterRequestBuilder request, String value) throws SQLException {
            request.readOnly(value);
        }
    },
    /** What a new cluster is cloned from. */
    TEMPLATE(
            "pglite.template",
            true,
            "The name of a template, made with PGlite.saveTemplate, of which a new cluster in"
                    + " memory becomes a copy.",
            null) {
        @Override
        void apply(ClusterRequestBuilder request, String value) throws SQLException {
            request.template(value);
        }
    },
    /** How many connections may be open at once. */
    MAX_BACKENDS(
            "pglite.maxBackends",
            true,
            "How many connections to the cluster may be open at once, from "
                    + ClusterOption.FEWEST_CONNECTIONS
                    + " to "
                    + ClusterOption.MOST_CONNECTIONS
                    + ".",
            null) {
        @Override
        String normalize(String value) throws SQLException {
            return PropertyValues.connections(getName(), value);
        }

        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.with(ClusterOption.MAX_CONNECTIONS, Integer.valueOf(value));
        }
    },
    /** How much memory the cluster may take. */
    MEMORY(
            "pglite.memory",
            true,
            "How much memory the cluster may take with the private memory of its sessions and with"
                    + " what it writes to files in memory, in bytes or with a unit (kB, MB, GB)."
                    + " Beyond it statements fail with 53200 or 53100 and sessions go on;"
                    + " PostgreSQL's shared memory is not counted. By default only the heap of the"
                    + " JVM is the limit, or the system's memory where native code runs.",
            null) {
        @Override
        String normalize(String value) throws SQLException {
            return PropertyValues.size(getName(), value);
        }

        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.with(ClusterOption.MEMORY_LIMIT_BYTES, Long.valueOf(value));
        }
    },
    /** Where the cluster listens for clients outside this process. */
    LISTEN(
            "pglite.listen",
            true,
            "Where the cluster, once this connection has opened it, listens for psql and other"
                    + " clients outside this process: a port, which is of 127.0.0.1 only,"
                    + " host:port, *:port, or the path of a Unix socket. Port 0 finds a free one.",
            null) {
        @Override
        String normalize(String value) throws SQLException {
            return PropertyValues.listen(getName(), value);
        }

        @Override
        void apply(ClusterRequestBuilder request, String value) {
            request.listen(value);
        }
    },
    /** The password of the user for clients that come over TCP. */
    LISTEN_PASSWORD(
            "pglite.listenPassword",
            false,
            "The password that the user gets when the cluster opens with pglite.listen; by default"
                    + " the connection's password. One of them is needed over TCP unless the user"
                    + " has a password already.",
            null),
    /** Which URL {@code DatabaseMetaData.getURL} answers. */
    METADATA_URL(
            "pglite.metadataUrl",
            false,
            "Which URL DatabaseMetaData.getURL answers: the one connected with (pglite), or one"
                + " that starts with jdbc:postgresql: (postgresql) for tools that tell databases"
                + " apart by it.",
            "pglite",
            "pglite",
            "postgresql"),
    /** The target of a {@code jdbc:postgresql:} URL with {@link PGliteSocketFactory}. */
    TARGET(
            "pglite.target",
            false,
            "The target, such as memory:name, of a jdbc:postgresql: URL whose socketFactory is this"
                    + " driver's. Not allowed in a jdbc:pglite: URL, which has its target itself.",
            null);

    /**
     * The prefix of properties that set one of PostgreSQL's own settings for the whole cluster, as
     * in {@code pglite.postgres.work_mem=8MB}.
     */
    public static final String SETTING_PREFIX = "pglite.postgres.";

    private final String key;
    private final boolean ofCluster;
    private final String description;
    private final @Nullable String defaultValue;
    private final List<String> choices;

    PGliteProperty(
            String key,
            boolean ofCluster,
            String description,
            @Nullable String defaultValue,
            String... choices) {
        this.key = key;
        this.ofCluster = ofCluster;
        this.description = description;
        this.defaultValue = defaultValue;
        this.choices = List.of(choices);
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
     * Returns a value in its one normal form, so that equal meanings are equal texts. Unless a
     * property says otherwise it is one of the choices, or any text if there are none.
     *
     * @throws SQLException with SQLState 22023 if the value is not accepted
     */
    String normalize(String value) throws SQLException {
        return choices.isEmpty() ? value : PropertyValues.choice(this, value);
    }

    /**
     * Puts a value into what is asked of the cluster. Properties of the connection, and those that
     * another one looks at, change nothing.
     *
     * @param value in normal form, or the default
     * @throws SQLException with SQLState 22023 if it does not go with the target or with others
     */
    void apply(ClusterRequestBuilder request, String value) throws SQLException {}

    DriverPropertyInfo toDriverPropertyInfo(@Nullable String value) {
        DriverPropertyInfo info = new DriverPropertyInfo(key, value == null ? defaultValue : value);
        info.description = description;
        info.required = false;
        info.choices = choices.isEmpty() ? null : choices.toArray(new String[0]);
        return info;
    }
}
