/**
 * Scripts of several sessions whose steps are interleaved, run on both sides and compared.
 *
 * <p>Each session has a connection and a thread of its own. A step that the server holds up on a
 * lock is reported as waiting, and later, when it ends, as finished; the order of these events is
 * part of the answer. What counts as waiting is what the server itself says, never a time.
 */
@NullMarked
package io.github.jdbcpglite.conformance.isolation;

import org.jspecify.annotations.NullMarked;
