/**
 * pgjdbc's connection to a backend: a socket that is no socket, over a channel in memory.
 *
 * <p>A {@code ChannelSource} opens the channels of one JDBC connection, the one for cancel requests
 * too, and holds the cluster open as long as one of them is. pgjdbc makes its socket factory by
 * class name, on the thread that connects: {@code Handover} gives it the source there.
 */
@NullMarked
package io.github.jdbcpglite.jdbc.internal.transport;

import org.jspecify.annotations.NullMarked;
