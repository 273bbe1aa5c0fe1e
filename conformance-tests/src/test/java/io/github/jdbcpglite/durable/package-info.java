/**
 * Databases in a directory: what is on the disk, who may open it, what a crash leaves, and the
 * maintenance that keeps it in order.
 */
@NullMarked
package io.github.jdbcpglite.durable;

import org.jspecify.annotations.NullMarked;
