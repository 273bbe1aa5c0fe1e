/** What is published, and what is not. */
@NullMarked
package io.github.jdbcpglite.publishing;

import org.jspecify.annotations.NullMarked;
