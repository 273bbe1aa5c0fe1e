package io.github.jdbcpglite.extensions.pgvector;

import io.github.jdbcpglite.wasm.image.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class PgvectorProvider implements ExtensionProvider {
    /** Creates the provider. */
    public PgvectorProvider() {}
}
