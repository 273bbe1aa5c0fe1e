package io.github.jdbcpglite.extensions.contrib;

import io.github.jdbcpglite.wasm.image.ExtensionProvider;

/** Makes the bundle of this package known. */
public final class ContribProvider implements ExtensionProvider {
    /** Creates the provider. */
    public ContribProvider() {}
}
