package io.github.jdbcpglite.extensions.icu;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class IcuProvider implements ExtensionProvider {
    /** Creates the provider. */
    public IcuProvider() {}
}
