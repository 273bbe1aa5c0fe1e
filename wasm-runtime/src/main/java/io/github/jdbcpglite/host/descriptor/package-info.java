/** The descriptors of a guest process, and what they refer to. */
@NullMarked
package io.github.jdbcpglite.host.descriptor;

import org.jspecify.annotations.NullMarked;
