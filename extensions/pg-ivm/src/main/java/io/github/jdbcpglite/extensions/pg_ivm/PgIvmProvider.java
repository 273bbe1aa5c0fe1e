package io.github.jdbcpglite.extensions.pg_ivm;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class PgIvmProvider implements ExtensionProvider {
    /** Creates the provider. */
    public PgIvmProvider() {}
}
