package io.github.jdbcpglite.postgres.internal.datadir;

import java.util.regex.Pattern;

/** What copies of a data directory leave out, as {@code pg_basebackup} does. Stateless. */
final class TransientFiles {
    private static final Pattern PATHS =
            Pattern.compile(
                    "postmaster\\.(pid|opts)|pglite\\.(lock|creating|version|pid)"
                            + "|(pg_stat_tmp|pg_notify|pg_dynshmem|pg_snapshots|pg_serial)/.+"
                            + "|(.*/)?pgsql_tmp.*|(.*/)?t[0-9]+_[^/]*");

    private TransientFiles() {}

    static boolean matches(String path) {
        return PATHS.matcher(path).matches();
    }
}
