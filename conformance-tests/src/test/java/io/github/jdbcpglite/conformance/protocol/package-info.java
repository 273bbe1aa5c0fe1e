/** The wire protocol itself: the same messages to both sides, and what comes back byte by byte. */
@NullMarked
package io.github.jdbcpglite.conformance.protocol;

import org.jspecify.annotations.NullMarked;
