package io.github.jdbcpglite.extensions.pg_uuidv7;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class PgUuidv7Provider implements ExtensionProvider {
    /** Creates the provider. */
    public PgUuidv7Provider() {}
}
