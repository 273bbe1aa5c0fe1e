/** Tests of the code generator; Chicory's interpreter says what a module should do. */
@NullMarked
package io.github.jdbcpglite.build.codegen;

import org.jspecify.annotations.NullMarked;
