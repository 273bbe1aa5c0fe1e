/**
 * Run-time support of modules that the build translated to JVM classes.
 *
 * <p>Generated functions are static methods that take their {@link
 * io.github.jdbcpglite.engine.bytecode.ExecutionContext} last. Chicory stays the instance model: an
 * {@code Instance} is built with {@link io.github.jdbcpglite.engine.bytecode.GeneratedModules} and
 * then has a {@link io.github.jdbcpglite.engine.bytecode.GeneratedMachine}, a {@link
 * io.github.jdbcpglite.engine.bytecode.FunctionTable} and {@link
 * io.github.jdbcpglite.engine.bytecode.ContextGlobal}s, which show Chicory the state that generated
 * code keeps in fields.
 *
 * <p>Nothing here is safe for use by several threads: an instance runs on one thread at a time.
 */
@NullMarked
package io.github.jdbcpglite.engine.bytecode;

import org.jspecify.annotations.NullMarked;
