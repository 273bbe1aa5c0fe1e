package io.github.jdbcpglite.extensions.pgtap;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class PgtapProvider implements ExtensionProvider {
    /** Creates the provider. */
    public PgtapProvider() {}
}
