/** Tables of the pages for users. */
@NullMarked
package io.github.jdbcpglite.docs;

import org.jspecify.annotations.NullMarked;
