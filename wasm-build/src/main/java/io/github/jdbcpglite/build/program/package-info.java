/**
 * Programs beside PostgreSQL itself that are built as Emscripten main modules of position
 * independent code: what makes such a file one that stands alone, and the stages that compile it.
 */
@NullMarked
package io.github.jdbcpglite.build.program;

import org.jspecify.annotations.NullMarked;
