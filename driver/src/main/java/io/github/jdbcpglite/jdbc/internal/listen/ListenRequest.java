package io.github.jdbcpglite.jdbc.internal.listen;

import java.util.Optional;

/**
 * What a cluster is asked to listen on.
 *
 * @param address where
 * @param user the role whose password it is
 * @param password for clients over TCP; if none is given and the role has none, one is made up
 */
public record ListenRequest(ListenAddress address, String user, Optional<String> password) {
    /** Leaves the password out, so that it comes into no log. */
    @Override
    public String toString() {
        return "ListenRequest[" + address.text() + ", user=" + user + "]";
    }
}
