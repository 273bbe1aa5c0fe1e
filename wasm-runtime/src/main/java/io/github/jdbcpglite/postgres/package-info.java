/**
 * Where clusters come from: the entry of the driver. It wires what is internal, and nothing below
 * knows it.
 */
@NullMarked
package io.github.jdbcpglite.postgres;

import org.jspecify.annotations.NullMarked;
