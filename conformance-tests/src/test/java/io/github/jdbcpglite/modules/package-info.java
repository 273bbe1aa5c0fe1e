/** Applications on the module path. */
@NullMarked
package io.github.jdbcpglite.modules;

import org.jspecify.annotations.NullMarked;
