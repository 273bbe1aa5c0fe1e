/** Native code for Linux on x86-64, which lies below {@code META-INF/jdbc-pglite/native}. */
@NullMarked
package io.github.jdbcpglite.nativecode.linux.x86_64;

import org.jspecify.annotations.NullMarked;
