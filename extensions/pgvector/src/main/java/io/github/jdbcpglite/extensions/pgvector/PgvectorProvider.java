package io.github.jdbcpglite.extensions.pgvector;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class PgvectorProvider implements ExtensionProvider {
    /** Creates the provider. */
    public PgvectorProvider() {}
}
