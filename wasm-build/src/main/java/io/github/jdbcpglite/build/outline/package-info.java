/**
 * Splits functions that are too large for the JVM's JIT compilers, wasm to wasm.
 *
 * <p>HotSpot never compiles a method of more than 8000 bytecodes, and a method cannot exceed 64 KB at
 * all. {@link io.github.jdbcpglite.build.outline.Outliner} moves parts of such functions to new
 * functions at the end of the module.
 *
 * <ol>
 *   <li>A function is read as a tree of blocks ({@code FunctionTree}); labels are objects, so code
 *       can be moved without renumbering. Code behind an unconditional branch is dropped.
 *   <li>Only <em>runs</em> are moved: neighbouring instructions of one block that start and end with
 *       an operand stack that is empty as far as this block is concerned.
 *   <li>A run's live-in locals become parameters. Locals it changes that are live afterwards come
 *       back through scratch globals, or as the result if there is only one. Branches out of the run
 *       and {@code return} become exit codes that the caller dispatches.
 *   <li>Scratch globals are written right before the return and read right behind the call, with no
 *       call between, so recursion and host calls cannot disturb them; an exception that unwinds
 *       through both functions leaves nothing behind that anyone reads.
 *   <li>A nest of very many blocks around one {@code br_table} is first cut into groups ({@code
 *       NestPartitioner}); no run of it would be small otherwise.
 * </ol>
 *
 * <p>Everything is appended, so every function, global and type index stays valid. The result
 * depends on the input and the options only.
 */
@NullMarked
package io.github.jdbcpglite.build.outline;

import org.jspecify.annotations.NullMarked;
