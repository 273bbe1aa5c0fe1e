package io.github.jdbcpglite.extensions.pg_hashids;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class PgHashidsProvider implements ExtensionProvider {
    /** Creates the provider. */
    public PgHashidsProvider() {}
}
