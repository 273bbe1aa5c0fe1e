/** Moving from a database in the process to a server. Classes are for one thread. */
@NullMarked
package io.github.jdbcpglite.conformance.move;

import org.jspecify.annotations.NullMarked;
