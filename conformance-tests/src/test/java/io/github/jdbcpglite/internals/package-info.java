/** Tests that reach below the driver: faults put under clusters, clocks that jump, metrics. */
@NullMarked
package io.github.jdbcpglite.internals;

import org.jspecify.annotations.NullMarked;
