package io.github.jdbcpglite.extensions.pgmq;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class PgmqProvider implements ExtensionProvider {
    /** Creates the provider. */
    public PgmqProvider() {}
}
