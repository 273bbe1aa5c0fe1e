/** MyBatis, with annotated mappers. */
@NullMarked
package io.github.jdbcpglite.examples.mybatis;

import org.jspecify.annotations.NullMarked;
