package io.github.jdbcpglite.postgres.internal.datadir;

import java.io.IOException;
import java.io.InputStream;

/** Passes contents on and notes whether they have what every data directory has. */
final class VersionWatch implements Contents.Sink {
    private final Contents.Sink behind;
    private boolean seen;

    VersionWatch(Contents.Sink behind) {
        this.behind = behind;
    }

    boolean seen() {
        return seen;
    }

    @Override
    public void directory(String path, int mode) throws IOException {
        behind.directory(path, mode);
    }

    @Override
    public void file(String path, int mode, long size, InputStream bytes) throws IOException {
        seen |= path.equals(DataDirectory.VERSION_FILE);
        behind.file(path, mode, size, bytes);
    }
}
