package io.github.jdbcpglite.wasm;

import io.github.jdbcpglite.wasm.fs.ErrnoException;
import io.github.jdbcpglite.wasm.fs.FileSystem;
import java.util.List;
import java.util.Map;

/**
 * Files in memory, gone with the cluster.
 *
 * @param files all files the guest sees
 */
record MemoryStorage(FileSystem files) implements ClusterStorage {
    @Override
    public Map<String, String> settings() {
        return Map.of("fsync", "off");
    }

    @Override
    public boolean isLasting() {
        return false;
    }

    @Override
    public void beforeBoot() {
        // Nobody else can have the files.
    }

    @Override
    public void afterBoot() {
        // Nobody else can look for it.
    }

    @Override
    public void close() throws ClusterException {
        try {
            files.close();
        } catch (ErrnoException e) {
            throw new ClusterException(
                    ClusterException.Kind.RESOURCE,
                    "files could not be closed: " + e,
                    List.of(),
                    e);
        }
    }
}
