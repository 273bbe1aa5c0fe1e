/**
 * Compiles wasm modules to JVM classes at build time.
 *
 * <p>A compiled module is two things: classes, and the module without the bodies of the functions
 * that the classes hold. The compiler behind {@link
 * io.github.jdbcpglite.build.compile.ModuleCompiler} can be exchanged.
 */
@NullMarked
package io.github.jdbcpglite.build.compile;

import org.jspecify.annotations.NullMarked;
