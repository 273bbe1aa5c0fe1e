package io.github.jdbcpglite.jdbc;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import io.github.jdbcpglite.postgres.cluster.ClusterTemplate;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The templates of this class loader, by name. Thread-safe. */
final class Templates {
    static final Templates SHARED = new Templates();

    private final ConcurrentMap<String, ClusterTemplate> byName = new ConcurrentHashMap<>();

    void put(String name, ClusterTemplate template) {
        byName.put(name, template);
    }

    boolean remove(String name) {
        return byName.remove(name) != null;
    }

    /**
     * Finds a template.
     *
     * @throws SQLException if there is none of that name
     */
    ClusterTemplate get(String name) throws SQLException {
        ClusterTemplate template = byName.get(name);
        if (template == null) {
            throw SqlErrors.invalidValue(
                    PGliteProperty.TEMPLATE.getName(),
                    name,
                    "the name of a template that PGlite.saveTemplate has made in this JVM");
        }
        return template;
    }
}
