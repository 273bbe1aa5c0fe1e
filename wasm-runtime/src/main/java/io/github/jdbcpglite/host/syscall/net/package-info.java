/** Addresses without a network: numeric ones are known, and no socket opens. */
@NullMarked
package io.github.jdbcpglite.host.syscall.net;

import org.jspecify.annotations.NullMarked;
