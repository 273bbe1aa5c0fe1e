package io.github.jdbcpglite.postgres.extension;

import io.github.jdbcpglite.postgres.internal.distribution.BundleLayout;

/**
 * Makes a bundle of PostgreSQL extensions known; found by {@link java.util.ServiceLoader}.
 *
 * <p>The bundle's resources, as {@link BundleLayout} describes them, lie in the directory {@link
 * BundleLayout#DIRECTORY} of the implementing class's package, and its classes are seen by that
 * class's loader. An implementation is stateless.
 */
public interface ExtensionProvider {}
