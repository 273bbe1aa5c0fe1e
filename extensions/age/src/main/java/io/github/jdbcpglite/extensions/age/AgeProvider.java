package io.github.jdbcpglite.extensions.age;

import io.github.jdbcpglite.postgres.extension.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class AgeProvider implements ExtensionProvider {
    /** Creates the provider. */
    public AgeProvider() {}
}
