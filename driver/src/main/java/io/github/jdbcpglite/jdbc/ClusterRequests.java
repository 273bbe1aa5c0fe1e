package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClosePolicy;
import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRequest;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.listen.ListenAddress;
import io.github.jdbcpglite.jdbc.internal.listen.ListenRequest;
import io.github.jdbcpglite.jdbc.internal.url.Target;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import io.github.jdbcpglite.postgres.cluster.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGProperty;

/** Turns a target and settings into what is asked of a cluster. Stateless but for a counter. */
final class ClusterRequests {
    private static final AtomicLong TEMPORARY = new AtomicLong(1);

    private ClusterRequests() {}

    /**
     * Makes a request.
     *
     * @param settings by their real names, checked; those not of the cluster are ignored
     * @param login of the connection that asks
     */
    static ClusterRequest of(Target target, Map<String, String> settings, NamedLogin login)
            throws SQLException {
        Map<String, String> explicit = new HashMap<>();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (isOfCluster(setting.getKey())) {
                explicit.put(setting.getKey(), setting.getValue());
            }
        }
        Map<String, String> effective = new HashMap<>();
        for (PGliteProperty property : PGliteProperty.values()) {
            if (property.isOfCluster()) {
                Optional<String> value = property.getDefaultValue();
                if (value.isPresent()) {
                    effective.put(property.getName(), value.get());
                }
            }
        }
        String close = PGliteProperty.CLOSE.getName();
        effective.put(close, target instanceof Target.Memory ? "jvm" : "last");
        effective.putAll(explicit);
        String closeValue = effective.get(close);
        if (target instanceof Target.Temporary && !"last".equals(closeValue)) {
            throw SqlErrors.invalidValue(
                    close, closeValue, "last, because temp: ends with its connection");
        }
        if (target instanceof Target.Directory) {
            // Who writes must not be handed a copy, whether he has said so or not.
            String readOnly = PGliteProperty.READ_ONLY.getName();
            explicit.put(readOnly, effective.getOrDefault(readOnly, "false"));
        }
        String key = key(target);
        boolean create = creates(settings);
        ClusterOptions.Builder options = options(key, target, effective, create, login);
        if ("true".equals(settings.get(PGliteProperty.IF_EXISTS.getName()))) {
            options.mustExist();
        }
        return new ClusterRequest(
                key,
                options.build(),
                closePolicy(closeValue, effective),
                explicit,
                effective,
                create ? login : cluster -> {},
                listen(settings));
    }

    /** Returns whether user and database are to be made. */
    static boolean creates(Map<String, String> settings) {
        return "true".equals(settings.get(PGliteProperty.CREATE.getName()));
    }

    private static Optional<ListenRequest> listen(Map<String, String> settings) {
        String given = settings.getOrDefault(PGProperty.USER.getName(), "");
        String user = given.isEmpty() ? ConnectionPlan.DEFAULT_USER : given;
        String password =
                settings.getOrDefault(
                        PGliteProperty.LISTEN_PASSWORD.getName(),
                        settings.get(PGProperty.PASSWORD.getName()));
        String listen = settings.get(PGliteProperty.LISTEN.getName());
        if (listen == null) {
            return Optional.empty();
        }
        return ListenAddress.parse(listen)
                .map(address -> new ListenRequest(address, user, Optional.ofNullable(password)));
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

    private static ClusterOptions.Builder options(
            String name,
            Target target,
            Map<String, String> effective,
            boolean create,
            NamedLogin login)
            throws SQLException {
        ClusterOptions.Builder options = ClusterOptions.named(name);
        if (target instanceof Target.Directory) {
            options.directory(Path.of(name.substring("file:".length())));
        }
        readOnly(options, target, effective);
        for (Map.Entry<String, String> entry : effective.entrySet()) {
            if (entry.getKey().startsWith(PGliteProperty.SETTING_PREFIX)) {
                String setting = entry.getKey().substring(PGliteProperty.SETTING_PREFIX.length());
                options.setting(setting, entry.getValue());
            }
        }
        String durability = effective.get(PGliteProperty.DURABILITY.getName());
        if (durability != null) {
            options.durability(Durability.valueOf(durability.toUpperCase(Locale.ROOT)));
        }
        String load = effective.get(PGliteProperty.LOAD.getName());
        if (load != null) {
            options.source(PropertyValues.path(PGliteProperty.LOAD.getName(), load));
        }
        String backup = effective.get(PGliteProperty.BACKUP.getName());
        if (backup != null) {
            options.backupAtClose(Path.of(backup));
        }
        String template = effective.get(PGliteProperty.TEMPLATE.getName());
        if (template != null) {
            if (target instanceof Target.Directory) {
                throw SqlErrors.invalidValue(
                        PGliteProperty.TEMPLATE.getName(),
                        template,
                        "none for a directory; copy one with PGlite.backup and pglite.load");
            }
            options.template(Templates.SHARED.get(template));
        }
        String maxBackends = effective.get(PGliteProperty.MAX_BACKENDS.getName());
        if (maxBackends != null) {
            options.maxConnections(Integer.parseInt(maxBackends));
        }
        String extensions = effective.get(PGliteProperty.EXTENSIONS.getName());
        if (extensions != null) {
            options.extensions(
                    extensions.equals("none") ? List.of() : List.of(extensions.split(",", -1)));
        }
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        if (application != null) {
            options.classLoader(application);
        }
        String init = effective.get(PGliteProperty.INIT.getName());
        if (init != null) {
            options.setup(new InitScripts(init, application, create, login));
        }
        String memory = effective.get(PGliteProperty.MEMORY.getName());
        if (memory != null) {
            options.memoryLimitBytes(Long.parseLong(memory));
        }
        return options;
    }

    private static void readOnly(
            ClusterOptions.Builder options, Target target, Map<String, String> effective)
            throws SQLException {
        String key = PGliteProperty.READ_ONLY.getName();
        if (!"true".equals(effective.get(key))) {
            return;
        }
        if (!(target instanceof Target.Directory)) {
            throw SqlErrors.invalidValue(key, "true", "false for a cluster that is in memory");
        }
        for (PGliteProperty other : List.of(PGliteProperty.LOAD, PGliteProperty.INIT)) {
            if (effective.containsKey(other.getName())) {
                throw SqlErrors.invalidValue(
                        key,
                        "true",
                        "false with "
                                + other.getName()
                                + ", which is about a cluster that does not exist yet");
            }
        }
        options.readOnly();
        options.setting("default_transaction_read_only", "on");
    }

    private static ClosePolicy closePolicy(String close, Map<String, String> effective) {
        int delaySeconds =
                switch (close) {
                    case "jvm" -> ClosePolicy.WITH_JVM.delaySeconds();
                    case "last" -> ClosePolicy.WITH_LAST.delaySeconds();
                    default -> Integer.parseInt(close);
                };
        String exitWait = effective.get(PGliteProperty.EXIT_WAIT.getName());
        if (exitWait == null) {
            return new ClosePolicy(delaySeconds);
        }
        int exitWaitSeconds =
                exitWait.equals("application")
                        ? ClosePolicy.LEFT_TO_USERS_AT_EXIT
                        : Integer.parseInt(exitWait);
        return new ClosePolicy(delaySeconds, exitWaitSeconds);
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
