/** What guests may take of the heap, each cluster and all together. */
@NullMarked
package io.github.jdbcpglite.engine.budget;

import org.jspecify.annotations.NullMarked;
