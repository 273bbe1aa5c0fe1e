/** A small application of Quarkus, which knows its database by properties only. */
@NullMarked
package io.github.jdbcpglite.quarkus;

import org.jspecify.annotations.NullMarked;
