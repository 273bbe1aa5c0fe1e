package io.github.jdbcpglite.extensions.contrib;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class ContribProvider implements ExtensionProvider {
    /** Creates the provider. */
    public ContribProvider() {}
}
