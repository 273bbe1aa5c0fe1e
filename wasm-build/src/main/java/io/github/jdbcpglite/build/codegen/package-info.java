/**
 * Translates WebAssembly modules to JVM classes.
 *
 * <p>{@link io.github.jdbcpglite.build.codegen.CodeGenerator} is the entrance. Chicory parses and
 * validates; everything here relies on a valid module. The output depends on the module and the
 * options alone, byte for byte. What a module uses and this package does not translate ends the
 * build with a message that names it.
 */
@NullMarked
package io.github.jdbcpglite.build.codegen;

import org.jspecify.annotations.NullMarked;
