/** Clocks and calendar times. */
@NullMarked
package io.github.jdbcpglite.host.syscall.time;

import org.jspecify.annotations.NullMarked;
