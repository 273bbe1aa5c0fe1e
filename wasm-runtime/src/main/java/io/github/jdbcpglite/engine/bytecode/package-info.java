/**
 * The engine whose code is JVM classes that the build generates from the module.
 *
 * <p>Generated functions are static methods that take their {@link
 * io.github.jdbcpglite.engine.bytecode.ExecutionContext} last. A main module whose instantiation
 * was captured at build time is a {@link io.github.jdbcpglite.engine.bytecode.GeneratedMachine}, a
 * {@link io.github.jdbcpglite.engine.bytecode.FunctionTable} and a memory, restored from an image.
 * Libraries, and programs that were not captured, are parsed and linked by Chicory, whose instances
 * see the state that generated code keeps in fields through {@link
 * io.github.jdbcpglite.engine.bytecode.ContextGlobal} and views of the table and the memory. No
 * other package of the runtime knows Chicory.
 *
 * <p>longjmp is an exception: {@link io.github.jdbcpglite.engine.bytecode.LongjmpException} is
 * thrown by the import that jumps and caught by the {@code invoke_*} functions only.
 *
 * <p>Nothing here is safe for use by several threads: a guest runs on one thread at a time.
 */
@NullMarked
package io.github.jdbcpglite.engine.bytecode;

import org.jspecify.annotations.NullMarked;
