/**
 * What the machine and the JVM below say about files and logging, for this library and the driver.
 */
@NullMarked
package io.github.jdbcpglite.platform;

import org.jspecify.annotations.NullMarked;
