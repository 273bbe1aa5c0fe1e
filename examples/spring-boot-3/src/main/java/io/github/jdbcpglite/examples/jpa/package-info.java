/** JPA with Hibernate and Spring Data. */
@NullMarked
package io.github.jdbcpglite.examples.jpa;

import org.jspecify.annotations.NullMarked;
