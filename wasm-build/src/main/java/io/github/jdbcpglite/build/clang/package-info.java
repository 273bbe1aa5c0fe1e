/**
 * The C compiler and linker of the build: clang and lld as Maven Central has them.
 *
 * <ol>
 *   <li>The programs come from the jar {@code org.bytedeco:llvm} with the classifier of the machine
 *       that builds, which the Maven profile {@code native} puts on the class path. They need no
 *       header, library or SDK of any system.
 *   <li>They are unpacked once into the cache directory, under a name made of what is in the jar;
 *       what has that name is complete.
 *   <li>An object is named after everything it was made of, so equal input is compiled once.
 *   <li>A program that fails ends the build with the last lines it wrote.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.build.clang;

import org.jspecify.annotations.NullMarked;
