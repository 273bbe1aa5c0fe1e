/** Tests of archives, with those of commons-compress. */
@NullMarked
package io.github.jdbcpglite.postgres.internal.tar;

import org.jspecify.annotations.NullMarked;
