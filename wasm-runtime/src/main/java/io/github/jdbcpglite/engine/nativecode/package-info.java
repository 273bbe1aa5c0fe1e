/**
 * The engine of machine code: modules that the build has translated to C and compiled for a
 * platform, called through JNI, over memory that the system maps.
 *
 * <p>A guest lies in one reservation of address space: a header with its context and its function
 * table, then its linear memory. {@code guest.h}, beside the translator in the build, says what is
 * where; Java asks the library for the offsets that it needs ({@link
 * io.github.jdbcpglite.engine.nativecode.Header}).
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>No address leaves this package.
 *   <li>Java looks at memory through direct buffers and checks each access against the size that
 *       the memory has now; what lies behind it is not mapped.
 *   <li>What a native method maps or opens has an owner that closes it, and a cleaner for owners
 *       that are lost.
 *   <li>A native method does one thing that Java cannot do; decisions are made in Java.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.engine.nativecode;

import org.jspecify.annotations.NullMarked;
