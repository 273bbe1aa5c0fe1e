package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.cluster.ClusterRequest;
import io.github.jdbcpglite.jdbc.internal.error.RequiredJars;
import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.jdbc.internal.transport.ChannelSource;
import io.github.jdbcpglite.jdbc.internal.transport.InMemorySocketFactory;
import io.github.jdbcpglite.jdbc.internal.url.JdbcUrl;
import io.github.jdbcpglite.jdbc.internal.url.JdbcUrlParser;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The socket factory for tools that insist on a URL of pgjdbc:
 *
 * <pre>
 * jdbc:postgresql://pglite/postgres?user=postgres
 *     &amp;socketFactory=io.github.jdbcpglite.jdbc.PGliteSocketFactory
 *     &amp;pglite.target=memory:name
 * </pre>
 *
 * <p>Host and port are not used. The cluster is the one {@code jdbc:pglite:memory:name} means. It
 * is in use while a socket is open.
 */
public final class PGliteSocketFactory extends InMemorySocketFactory {
    /**
     * Makes the factory of a connection, as pgjdbc does by name.
     *
     * @param info the properties of the connection, with {@code pglite.target} and possibly others
     *     of this driver
     * @throws SQLException if a property of this driver cannot be used
     */
    public PGliteSocketFactory(Properties info) throws SQLException {
        this(info, Connector.SHARED);
    }

    PGliteSocketFactory(Properties info, Connector connector) throws SQLException {
        super(Boundary.call(() -> source(info, connector)));
    }

    private static ChannelSource source(Properties info, Connector connector) throws SQLException {
        RequiredJars.check();
        // The rest is pgjdbc's, which has looked at it already.
        Map<String, String> settings = new LinkedHashMap<>();
        for (String key : info.stringPropertyNames()) {
            if (key.startsWith("pglite.")) {
                String value = info.getProperty(key);
                settings.put(key, PropertyKeys.resolve(key, value).value());
            }
        }
        String target = settings.remove(PGliteProperty.TARGET.getName());
        if (target == null) {
            throw SqlErrors.cannotConnect(
                    PGliteProperty.TARGET.getName()
                            + " is missing; it is a target such as memory:name");
        }
        JdbcUrl url = JdbcUrlParser.parseTarget(target);
        if (url.database().isPresent()) {
            throw SqlErrors.invalidValue(
                    PGliteProperty.TARGET.getName(),
                    target,
                    "a target without a database, which jdbc:postgresql: has itself");
        }
        NamedLogin login = NamedLogin.of(info);
        ClusterRequest request = ClusterRequestBuilder.of(url.target(), settings, login);
        Optional<NamedLogin> create =
                ClusterRequestBuilder.creates(settings) ? Optional.of(login) : Optional.empty();
        return new ChannelSource(() -> NamedLogin.acquire(connector.registry(), request, create));
    }
}
