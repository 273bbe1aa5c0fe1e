/**
 * Spring Boot for {@code jdbc:pglite:} URLs.
 *
 * <p>Spring Boot knows drivers and databases by a fixed list of URL prefixes. This package fills in
 * what it would have concluded, as properties below everything an application writes, and offers
 * {@code EnablePGlite} and {@code AutoConfigurePGlite} for applications and tests without a URL.
 *
 * <p>The jars for Spring Boot 3 and 4 have the same classes; two of them are compiled from
 * different sources, because the interfaces they implement have moved. Do not put both on one class
 * path.
 */
@NullMarked
package io.github.jdbcpglite.spring;

import org.jspecify.annotations.NullMarked;
