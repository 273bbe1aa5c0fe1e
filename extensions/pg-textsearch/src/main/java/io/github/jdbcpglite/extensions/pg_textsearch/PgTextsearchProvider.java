package io.github.jdbcpglite.extensions.pg_textsearch;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class PgTextsearchProvider implements ExtensionProvider {
    /** Creates the provider. */
    public PgTextsearchProvider() {}
}
