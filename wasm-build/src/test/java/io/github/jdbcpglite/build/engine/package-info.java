/** What engines promise, tried with each of them. */
@NullMarked
package io.github.jdbcpglite.build.engine;

import org.jspecify.annotations.NullMarked;
