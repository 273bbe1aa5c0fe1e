package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClosePolicy;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRequest;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.listen.ListenAddress;
import io.github.jdbcpglite.jdbc.internal.listen.ListenRequest;
import io.github.jdbcpglite.jdbc.internal.url.Target;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.cluster.ClusterSetup;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Turns a target and settings into what is asked of a cluster: each property of the URL puts its
 * value in. Not thread-safe.
 */
final class ClusterRequestBuilder {
    private static final AtomicLong TEMPORARY = new AtomicLong(1);
    private static final String TRANSACTIONS_READ_ONLY = "default_transaction_read_only";

    private final Target target;
    private final Map<String, String> settings;
    private final NamedLogin login;
    private final @Nullable ClassLoader application;

    private ClusterOptions options;
    private int closeDelaySeconds;
    private int exitWaitSeconds = ClosePolicy.DEFAULT_EXIT_WAIT_SECONDS;
    private ClusterSetup beforeListening = cluster -> {};
    private Optional<ListenRequest> listen = Optional.empty();

    private ClusterRequestBuilder(
            String key, Target target, Map<String, String> settings, NamedLogin login) {
        this.target = target;
        this.settings = settings;
        this.login = login;
        application = Thread.currentThread().getContextClassLoader();
        options = ClusterOptions.named(key);
    }

    /**
     * Makes a request.
     *
     * @param settings by their real names, checked; those not of the cluster have to agree with
     *     nobody
     * @param login of the connection that asks
     */
    static ClusterRequest of(Target target, Map<String, String> settings, NamedLogin login)
            throws SQLException {
        Map<String, String> explicit = ofCluster(settings);
        Map<String, String> values = defaults(target);
        values.putAll(settings);
        Map<String, String> effective = ofCluster(values);
        if (target instanceof Target.Directory) {
            // Who writes must not be handed a copy, whether he has said so or not.
            String readOnly = PGliteProperty.READ_ONLY.getName();
            explicit.put(readOnly, effective.getOrDefault(readOnly, "false"));
        }
        String key = key(target);
        ClusterRequestBuilder request = new ClusterRequestBuilder(key, target, settings, login);
        request.start(key);
        for (PGliteProperty property : PGliteProperty.values()) {
            String value = values.get(property.getName());
            if (value != null) {
                property.apply(request, value);
            }
        }
        return new ClusterRequest(
                key,
                request.options,
                new ClosePolicy(request.closeDelaySeconds, request.exitWaitSeconds),
                explicit,
                effective,
                request.beforeListening,
                request.listen);
    }

    /** Returns whether user and database are to be made. */
    static boolean creates(Map<String, String> settings) {
        return "true".equals(settings.get(PGliteProperty.CREATE.getName()));
    }

    private static Map<String, String> defaults(Target target) {
        Map<String, String> defaults = new HashMap<>();
        for (PGliteProperty property : PGliteProperty.values()) {
            Optional<String> value = property.getDefaultValue();
            if (value.isPresent()) {
                defaults.put(property.getName(), value.get());
            }
        }
        defaults.put(
                PGliteProperty.CLOSE.getName(), target instanceof Target.Memory ? "jvm" : "last");
        return defaults;
    }

    private static Map<String, String> ofCluster(Map<String, String> settings) {
        Map<String, String> ofCluster = new HashMap<>();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (isOfCluster(setting.getKey())) {
                ofCluster.put(setting.getKey(), setting.getValue());
            }
        }
        return ofCluster;
    }

    private static boolean isOfCluster(String key) {
        return key.startsWith(PGliteProperty.SETTING_PREFIX)
                || PGliteProperty.ofName(key).map(PGliteProperty::isOfCluster).orElse(false);
    }

    private static String key(Target target) throws SQLException {
        if (target instanceof Target.Directory directory) {
            return "file:" + realPath(directory.path());
        }
        return target instanceof Target.Temporary
                ? target.text() + TEMPORARY.getAndIncrement()
                : target.text();
    }

    /** Puts in what the URL says apart from properties with a constant. */
    private void start(String key) {
        if (target instanceof Target.Directory) {
            with(ClusterOption.DIRECTORY, Path.of(key.substring("file:".length())));
        }
        for (Map.Entry<String, String> entry : settings.entrySet()) {
            if (entry.getKey().startsWith(PGliteProperty.SETTING_PREFIX)) {
                options =
                        options.withSetting(
                                entry.getKey().substring(PGliteProperty.SETTING_PREFIX.length()),
                                entry.getValue());
            }
        }
        if (application != null) {
            with(ClusterOption.CLASS_LOADER, new WeakReference<>(application));
        }
    }

    <T> void with(ClusterOption<T> option, T value) {
        options = options.with(option, value);
    }

    void close(String value) throws SQLException {
        if (target instanceof Target.Temporary && !value.equals("last")) {
            throw SqlErrors.invalidValue(
                    PGliteProperty.CLOSE.getName(),
                    value,
                    "last, because temp: ends with its connection");
        }
        closeDelaySeconds =
                switch (value) {
                    case "jvm" -> ClosePolicy.WITH_JVM.delaySeconds();
                    case "last" -> ClosePolicy.WITH_LAST.delaySeconds();
                    default -> Integer.parseInt(value);
                };
    }

    void exitWait(String value) {
        exitWaitSeconds =
                value.equals("application")
                        ? ClosePolicy.LEFT_TO_USERS_AT_EXIT
                        : Integer.parseInt(value);
    }

    void create(String value) {
        if (value.equals("true")) {
            beforeListening = login;
        }
    }

    void init(String value) {
        with(ClusterOption.SETUP, new InitScripts(value, application, creates(settings), login));
    }

    void load(String value) throws SQLException {
        with(ClusterOption.SOURCE, PropertyValues.path(PGliteProperty.LOAD.getName(), value));
    }

    void template(String value) throws SQLException {
        if (target instanceof Target.Directory) {
            throw SqlErrors.invalidValue(
                    PGliteProperty.TEMPLATE.getName(),
                    value,
                    "none for a directory; copy one with PGlite.backup and pglite.load");
        }
        with(ClusterOption.TEMPLATE, Templates.SHARED.get(value));
    }

    void readOnly(String value) throws SQLException {
        if (!value.equals("true")) {
            return;
        }
        String key = PGliteProperty.READ_ONLY.getName();
        if (!(target instanceof Target.Directory)) {
            throw SqlErrors.invalidValue(key, "true", "false for a cluster that is in memory");
        }
        for (PGliteProperty other : List.of(PGliteProperty.LOAD, PGliteProperty.INIT)) {
            if (settings.containsKey(other.getName())) {
                throw SqlErrors.invalidValue(
                        key,
                        "true",
                        "false with "
                                + other.getName()
                                + ", which is about a cluster that does not exist yet");
            }
        }
        with(ClusterOption.READ_ONLY, true);
        if (!options.settings().containsKey(TRANSACTIONS_READ_ONLY)) {
            options = options.withSetting(TRANSACTIONS_READ_ONLY, "on");
        }
    }

    void listen(String value) {
        String given = settings.getOrDefault(PGProperty.USER.getName(), "");
        String user = given.isEmpty() ? ConnectionPlan.DEFAULT_USER : given;
        Optional<String> password =
                Optional.ofNullable(settings.get(PGliteProperty.LISTEN_PASSWORD.getName()))
                        .or(() -> Optional.ofNullable(settings.get(PGProperty.PASSWORD.getName())));
        listen =
                ListenAddress.parse(value)
                        .map(address -> new ListenRequest(address, user, password));
    }

    /** Returns a path with its links followed as far as it exists, so that one place is one key. */
    private static Path realPath(Path path) throws SQLException {
        Path absolute = path.toAbsolutePath().normalize();
        Path existing = absolute;
        try {
            while (existing.getParent() != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            return existing.toRealPath().resolve(existing.relativize(absolute));
        } catch (IOException e) {
            throw SqlErrors.cannotConnect("Cannot use the directory \"" + path + "\": " + e, e);
        }
    }
}
