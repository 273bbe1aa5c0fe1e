/** What the host keeps for one guest process, and the conventions of the functions it imports. */
@NullMarked
package io.github.jdbcpglite.host.process;

import org.jspecify.annotations.NullMarked;
