package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClosePolicy;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.Durability;
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
 * <p>A constant says all there is about its property: how a value is read, what it changes in what
 * is asked of the cluster, and what users are told.
 */
public enum PGliteProperty {
    /** Where the cluster is copied to when it closes. */
    BACKUP(
            "pglite.backup",
            true,
            PropertyValues::archive,
            (request, value) -> request.with(ClusterOption.BACKUP_AT_CLOSE, Path.of(value)),
            "An archive (.tar, .tar.gz, .tgz) that the cluster is copied to when it closes, in"
                    + " place of an older copy of the same cluster; other files are not replaced."
                    + " A cluster in memory that is opened again with it in pglite.load goes on"
                    + " where it was.",
            null),
    /** When the cluster closes. */
    CLOSE(
            "pglite.close",
            true,
            PropertyValues.choiceOrSeconds("jvm, last or a number of seconds"),
            ClusterRequestBuilder::close,
            "When the cluster closes: with the JVM (jvm), with its last connection (last), or that"
                    + " many seconds after its last connection. In memory the default is jvm, in a"
                    + " directory last; temp: always closes with its connection.",
            null,
            "jvm",
            "last"),
    /** How long the end of the JVM waits for those who use the cluster. */
    EXIT_WAIT(
            "pglite.exitWait",
            true,
            PropertyValues.choiceOrSeconds("a number of seconds, or application"),
            ClusterRequestBuilder::exitWait,
            "How many seconds the end of the JVM waits at most, before it closes a cluster in a"
                    + " directory, for the application's shutdown hooks to end and for statements"
                    + " and transactions under way; or application, to leave closing to it: then"
                    + " what is open when the JVM ends is recovered when it is opened again.",
            Integer.toString(ClosePolicy.DEFAULT_EXIT_WAIT_SECONDS),
            "application"),
    /** Whether what the connection names is made. */
    CREATE(
            "pglite.create",
            false,
            PropertyValues::choice,
            ClusterRequestBuilder::create,
            "Whether the user and the database that the connection names are created if they do"
                    + " not exist (true): the user as a superuser with the connection's password,"
                    + " the database as the user's.",
            "false",
            "true",
            "false"),
    /** What a commit waits for. */
    DURABILITY(
            "pglite.durability",
            true,
            PropertyValues::choice,
            (request, value) ->
                    request.with(
                            ClusterOption.DURABILITY,
                            Durability.valueOf(value.toUpperCase(Locale.ROOT))),
            "What a commit waits for in a cluster kept in a directory: the disk (full), nothing but"
                    + " consistency after a crash (relaxed), nothing at all (off).",
            "full",
            "full",
            "relaxed",
            "off"),
    /** Which extensions sessions may create. */
    EXTENSIONS(
            "pglite.extensions",
            true,
            PropertyValues::extensions,
            (request, value) -> request.with(ClusterOption.EXTENSIONS, PropertyValues.list(value)),
            "Which of the extensions on the class path sessions may create: a comma-separated list"
                + " of names, to which those that they need are added, or none. By default all.",
            null,
            "none"),
    /** Whether a directory without a cluster is refused. */
    IF_EXISTS(
            "pglite.ifExists",
            false,
            PropertyValues::choice,
            (request, value) -> request.with(ClusterOption.MUST_EXIST, Boolean.valueOf(value)),
            "Whether a directory that does not exist or holds no cluster is refused with 58P01"
                    + " (true), or a cluster is made there (false).",
            "false",
            "true",
            "false"),
    /** The scripts that fill a new cluster. */
    INIT(
            "pglite.init",
            true,
            InitScripts::normalize,
            ClusterRequestBuilder::init,
            "SQL scripts that run when the cluster is created, as the connection's user in its"
                    + " database: classpath:name or file:path, several separated by commas. If one"
                    + " fails, there is no cluster. A directory that holds one is opened without.",
            null),
    /** The backup that a cluster is made from. */
    LOAD(
            "pglite.load",
            true,
            Parser.TEXT,
            ClusterRequestBuilder::load,
            "A backup that a new cluster starts from: a data directory, or an archive of one (.tar,"
                    + " .tar.gz), such as PGlite's dumpDataDir or the backup of this driver makes."
                    + " A directory that holds a cluster already is refused.",
            null),
    /** Whether a directory is only read. */
    READ_ONLY(
            "pglite.readOnly",
            true,
            PropertyValues::choice,
            ClusterRequestBuilder::readOnly,
            "Whether a directory is only read (true): what is opened is a copy of it in memory, in"
                    + " which transactions are read-only unless they say otherwise, and nothing in"
                    + " the directory changes.",
            "false",
            "true",
            "false"),
    /** What a new cluster is cloned from. */
    TEMPLATE(
            "pglite.template",
            true,
            Parser.TEXT,
            ClusterRequestBuilder::template,
            "The name of a template, made with PGlite.saveTemplate, of which a new cluster in"
                    + " memory becomes a copy.",
            null),
    /** How many connections may be open at once. */
    MAX_BACKENDS(
            "pglite.maxBackends",
            true,
            PropertyValues::connections,
            (request, value) -> request.with(ClusterOption.MAX_CONNECTIONS, Integer.valueOf(value)),
            "How many connections to the cluster may be open at once, from "
                    + ClusterOption.FEWEST_CONNECTIONS
                    + " to "
                    + ClusterOption.MOST_CONNECTIONS
                    + ".",
            null),
    /** How much memory the cluster may take. */
    MEMORY(
            "pglite.memory",
            true,
            PropertyValues::size,
            (request, value) -> request.with(ClusterOption.MEMORY_LIMIT_BYTES, Long.valueOf(value)),
            "How much memory the cluster may take with the private memory of its sessions and with"
                    + " what it writes to files in memory, in bytes or with a unit (kB, MB, GB)."
                    + " Beyond it statements fail with 53200 or 53100 and sessions go on;"
                    + " PostgreSQL's shared memory is not counted. By default only the heap of the"
                    + " JVM is the limit.",
            null),
    /** Where the cluster listens for clients outside this process. */
    LISTEN(
            "pglite.listen",
            true,
            PropertyValues::listen,
            ClusterRequestBuilder::listen,
            "Where the cluster, once this connection has opened it, listens for psql and other"
                    + " clients outside this process: a port, which is of 127.0.0.1 only,"
                    + " host:port, *:port, or the path of a Unix socket. Port 0 finds a free one.",
            null),
    /** The password of the user for clients that come over TCP. */
    LISTEN_PASSWORD(
            "pglite.listenPassword",
            false,
            Parser.TEXT,
            Effect.NONE,
            "The password that the user gets when the cluster opens with pglite.listen; by default"
                    + " the connection's password. One of them is needed over TCP unless the user"
                    + " has a password already.",
            null),
    /** Which URL {@code DatabaseMetaData.getURL} answers. */
    METADATA_URL(
            "pglite.metadataUrl",
            false,
            PropertyValues::choice,
            Effect.NONE,
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
            Parser.TEXT,
            Effect.NONE,
            "The target, such as memory:name, of a jdbc:postgresql: URL whose socketFactory is this"
                    + " driver's. Not allowed in a jdbc:pglite: URL, which has its target itself.",
            null);

    /**
     * The prefix of properties that set one of PostgreSQL's own settings for the whole cluster, as
     * in {@code pglite.postgres.work_mem=8MB}.
     */
    public static final String SETTING_PREFIX = "pglite.postgres.";

    /** How a value is read. */
    @FunctionalInterface
    interface Parser {
        /** Takes anything. */
        Parser TEXT = (property, value) -> value;

        /**
         * Returns a value in its one normal form, so that equal meanings are equal texts.
         *
         * @throws SQLException with SQLState 22023 if the value is not accepted
         */
        String normalize(PGliteProperty property, String value) throws SQLException;
    }

    /** What a value changes in what is asked of the cluster. */
    @FunctionalInterface
    interface Effect {
        /** Of what somebody else looks at: the connection, or another property. */
        Effect NONE = (request, value) -> {};

        /**
         * Puts a value into a request.
         *
         * @param value in normal form, or the default
         * @throws SQLException with SQLState 22023 if it does not go with the target or with others
         */
        void apply(ClusterRequestBuilder request, String value) throws SQLException;
    }

    private final String key;
    private final boolean ofCluster;
    private final Parser parser;
    private final Effect effect;
    private final String description;
    private final @Nullable String defaultValue;
    private final List<String> choices;

    PGliteProperty(
            String key,
            boolean ofCluster,
            Parser parser,
            Effect effect,
            String description,
            @Nullable String defaultValue,
            String... choices) {
        this.key = key;
        this.ofCluster = ofCluster;
        this.parser = parser;
        this.effect = effect;
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
     * Returns a value in its one normal form, so that equal meanings are equal texts.
     *
     * @throws SQLException with SQLState 22023 if the value is not accepted
     */
    String normalize(String value) throws SQLException {
        return parser.normalize(this, value);
    }

    /** Puts a value in normal form into what is asked of the cluster. */
    void apply(ClusterRequestBuilder request, String value) throws SQLException {
        effect.apply(request, value);
    }

    DriverPropertyInfo toDriverPropertyInfo(@Nullable String value) {
        DriverPropertyInfo info = new DriverPropertyInfo(key, value == null ? defaultValue : value);
        info.description = description;
        info.required = false;
        info.choices = choices.isEmpty() ? null : choices.toArray(new String[0]);
        return info;
    }
}
