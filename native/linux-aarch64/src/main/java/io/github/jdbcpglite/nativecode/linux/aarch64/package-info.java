/** Native code for Linux on 64-bit ARM, which lies below {@code META-INF/jdbc-pglite/native}. */
@NullMarked
package io.github.jdbcpglite.nativecode.linux.aarch64;

import org.jspecify.annotations.NullMarked;
