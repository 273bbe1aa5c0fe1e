package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.host.HostFunctionFilter;
import io.github.jdbcpglite.host.fs.FileSystem;
import java.util.function.UnaryOperator;

/**
 * What tests put between a cluster and its host.
 *
 * @param files is put over the files of a directory
 * @param calls is put around host functions
 */
record Interception(UnaryOperator<FileSystem> files, HostFunctionFilter calls) {
    /** Puts nothing between them. */
    static final Interception NONE =
            new Interception(UnaryOperator.identity(), HostFunctionFilter.NONE);
}
