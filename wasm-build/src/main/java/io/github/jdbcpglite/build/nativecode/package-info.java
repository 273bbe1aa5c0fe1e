/**
 * Translates WebAssembly modules to C that needs no library: {@link
 * io.github.jdbcpglite.build.nativecode.Translator} is the entrance.
 *
 * <ol>
 *   <li>The C is written against {@code guest.h} (what code, runtime and engine agree on) and
 *       {@code operations.h} (what instructions do), which lie beside this package's classes as
 *       resources.
 *   <li>Modules are taken as valid; what is wrong in them gives C that does not compile, or does
 *       nonsense within the guest.
 *   <li>The text depends on the module and the options alone, character for character.
 *   <li>What a module uses and this package does not translate ends the build with a {@link
 *       io.github.jdbcpglite.build.nativecode.TranslationException} that names it.
 *   <li>Operands lie in C variables named after their type and their height on WebAssembly's stack
 *       ({@code i0}, {@code j1}); constants and locals ({@code l0}) stay where they are until they
 *       are used or overwritten. No operand has a side effect, so C may evaluate several in any
 *       order.
 *   <li>Without {@code -DCHECKED_MEMORY} a read whose value is neither used nor dropped by an
 *       instruction, such as that of a local which is never read, may be left out, and with it its
 *       trap.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.build.nativecode;

import org.jspecify.annotations.NullMarked;
