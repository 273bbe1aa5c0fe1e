/**
 * Compiles wasm modules to JVM classes at build time.
 *
 * <p>A compiled module is two things: classes, and the module without the bodies of the functions
 * that the classes hold. There is no interpreter behind them: a function that the JVM would not
 * compile ends the build.
 */
@NullMarked
package io.github.jdbcpglite.build.compile;

import org.jspecify.annotations.NullMarked;
