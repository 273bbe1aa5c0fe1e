package io.github.jdbcpglite.wasm.image;

/**
 * Makes a bundle of PostgreSQL extensions known; found by {@link java.util.ServiceLoader}.
 *
 * <p>The bundle's resources, as {@link BundleLayout} describes them, lie in the directory {@link
 * BundleLayout#DIRECTORY} of the implementing class's package, and its classes are seen by that
 * class's loader. An implementation is stateless.
 */
public interface ExtensionProvider {}
