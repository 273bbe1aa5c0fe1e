package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGProperty;

/** Which keys there are, what they stand for and which cannot be used here. Stateless. */
final class PropertyKeys {
    /** Where keys of other drivers went. */
    private static final String ALIAS_DATABASE = "database";

    private static final String ALIAS_RELAXED = "relaxedDurability";
    private static final String ALIAS_CLOSE_DELAY = "DB_CLOSE_DELAY";
    private static final String UNSUPPORTED_BACKUP = "pgliteBackupIntervalSeconds";

    /** Keys about a network, an address or TLS, and values they may have all the same. */
    private static final Map<String, Set<String>> REFUSED =
            Map.ofEntries(
                    Map.entry(PGProperty.PG_HOST.getName(), Set.of()),
                    Map.entry(PGProperty.PG_PORT.getName(), Set.of()),
                    Map.entry(PGProperty.SERVICE.getName(), Set.of()),
                    Map.entry(PGProperty.LOCAL_SOCKET_ADDRESS.getName(), Set.of()),
                    Map.entry(PGProperty.LOAD_BALANCE_HOSTS.getName(), Set.of("false")),
                    Map.entry(PGProperty.SOCKET_FACTORY.getName(), Set.of()),
                    Map.entry(PGProperty.SOCKET_FACTORY_ARG.getName(), Set.of()),
                    Map.entry(PGProperty.SSL.getName(), Set.of("false")),
                    Map.entry(PGProperty.SSL_MODE.getName(), Set.of("disable", "allow", "prefer")),
                    Map.entry("sslNegotiation", Set.of("postgres")),
                    Map.entry(PGProperty.SSL_CERT.getName(), Set.of()),
                    Map.entry(PGProperty.SSL_KEY.getName(), Set.of()),
                    Map.entry(PGProperty.SSL_ROOT_CERT.getName(), Set.of()),
                    Map.entry(PGProperty.SSL_PASSWORD.getName(), Set.of()),
                    Map.entry(PGProperty.SSL_PASSWORD_CALLBACK.getName(), Set.of()),
                    Map.entry(PGProperty.SSL_HOSTNAME_VERIFIER.getName(), Set.of()),
                    Map.entry(PGProperty.SSL_FACTORY.getName(), Set.of()),
                    Map.entry(PGProperty.SSL_FACTORY_ARG.getName(), Set.of()),
                    Map.entry("channelBinding", Set.of("disable", "prefer")),
                    Map.entry(
                            PGProperty.GSS_ENC_MODE.getName(),
                            Set.of("disable", "allow", "prefer")));

    private static final Map<String, String> PGJDBC_BY_LOWER_CASE = pgjdbcByLowerCase();

    private PropertyKeys() {}

    /** A key and a value in the words of this driver or pgjdbc. */
    record Setting(String key, String value) {}

    /**
     * Returns what a key and its value stand for.
     *
     * @throws SQLException if there is no such key, it cannot be used here, or an alias has a wrong
     *     value
     */
    static Setting resolve(String key, String value) throws SQLException {
        return switch (key) {
            case ALIAS_DATABASE -> new Setting(PGProperty.PG_DBNAME.getName(), value);
            case ALIAS_RELAXED -> new Setting(PGliteProperty.DURABILITY.getName(), relaxed(value));
            case ALIAS_CLOSE_DELAY ->
                    new Setting(PGliteProperty.CLOSE.getName(), closeDelay(value));
            case UNSUPPORTED_BACKUP ->
                    throw SqlErrors.cannotConnect(
                            key + " is not supported: snapshots in a .zip are not supported yet");
            default -> key.startsWith("pglite.") ? ours(key, value) : pgjdbc(key, value);
        };
    }

    /** Returns whether pgjdbc's property may be given to this driver with some value. */
    static boolean isUsable(PGProperty property) {
        return !REFUSED.containsKey(property.getName());
    }

    private static Setting ours(String key, String value) throws SQLException {
        if (key.startsWith(PGliteProperty.SETTING_PREFIX)) {
            if (!key.substring(PGliteProperty.SETTING_PREFIX.length())
                    .matches("[A-Za-z_][A-Za-z0-9_$.]*")) {
                throw SqlErrors.cannotConnect(
                        "\""
                                + key
                                + "\" names no setting of PostgreSQL; write for example "
                                + PGliteProperty.SETTING_PREFIX
                                + "work_mem");
            }
            return new Setting(key, value);
        }
        PGliteProperty property = PGliteProperty.ofName(key).orElseThrow(() -> unknown(key));
        return new Setting(key, property.normalize(value));
    }

    private static Setting pgjdbc(String key, String value) throws SQLException {
        // Some tools write applicationName; pgjdbc itself would overlook that.
        String name = PGJDBC_BY_LOWER_CASE.get(key.toLowerCase(Locale.ROOT));
        PGProperty property = name == null ? null : PGProperty.forName(name);
        if (name == null || property == null) {
            throw unknown(key);
        }
        Set<String> harmless = REFUSED.get(name);
        if (harmless != null && !harmless.contains(value)) {
            throw SqlErrors.cannotConnect(
                    name
                            + (harmless.isEmpty() ? "" : "=" + value)
                            + " cannot be used with jdbc:pglite: the database is in this process,"
                            + " without a host, TLS or a service file; remove "
                            + name);
        }
        return new Setting(name, value);
    }

    private static String relaxed(String value) throws SQLException {
        return switch (value) {
            case "true" -> "relaxed";
            case "false" -> "full";
            default -> throw SqlErrors.invalidValue(ALIAS_RELAXED, value, "true, false");
        };
    }

    private static String closeDelay(String value) throws SQLException {
        String accepted = "-1 for never or a number of seconds";
        int seconds =
                PropertyValues.integer(ALIAS_CLOSE_DELAY, value, -1, Integer.MAX_VALUE, accepted);
        return PGliteProperty.CLOSE.normalize(seconds < 0 ? "jvm" : Integer.toString(seconds));
    }

    private static SQLException unknown(String key) {
        String nearest = NearestName.of(key, allNames());
        return SqlErrors.cannotConnect(
                "Unknown connection property \""
                        + key
                        + "\""
                        + (nearest.isEmpty() ? "." : "; did you mean \"" + nearest + "\"?")
                        + " Accepted are pgjdbc's properties and those that start with pglite.");
    }

    private static List<String> allNames() {
        List<String> names = new ArrayList<>();
        for (PGliteProperty property : PGliteProperty.values()) {
            names.add(property.getName());
        }
        for (PGProperty property : PGProperty.values()) {
            if (isUsable(property)) {
                names.add(property.getName());
            }
        }
        names.addAll(List.of(ALIAS_DATABASE, ALIAS_RELAXED, ALIAS_CLOSE_DELAY));
        return names;
    }

    private static Map<String, String> pgjdbcByLowerCase() {
        Map<String, String> names = new HashMap<>();
        for (PGProperty property : PGProperty.values()) {
            names.put(property.getName().toLowerCase(Locale.ROOT), property.getName());
        }
        return Map.copyOf(names);
    }
}
