package io.github.jdbcpglite.jdbc.internal.listen;

import io.github.jdbcpglite.platform.LimitedLog;
import io.github.jdbcpglite.postgres.cluster.Cluster;

/**
 * What the clients of one listener have in common.
 *
 * @param cluster whose backends they get
 * @param passwordNeeded whether they have to prove one
 * @param verifiers what passwords are proved against
 * @param cancelKeys of those that are logged in
 * @param failures says what goes wrong before a login
 */
record Gate(
        Cluster cluster,
        boolean passwordNeeded,
        VerifierLookup verifiers,
        CancelKeys cancelKeys,
        LimitedLog failures) {}
