package io.github.jdbcpglite.jdbc.internal.url;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A parsed {@code jdbc:pglite:} URL.
 *
 * @param target which cluster it means
 * @param database the database named after the cluster, if one is
 * @param parameters decoded keys and values in the order written
 * @param text the URL as written, but without a password parameter
 */
public record JdbcUrl(
        Target target, Optional<String> database, Map<String, String> parameters, String text) {
    /** What every URL of this driver starts with. */
    public static final String PREFIX = "jdbc:pglite:";

    /** Makes a URL; the parameters are copied. */
    public JdbcUrl {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
