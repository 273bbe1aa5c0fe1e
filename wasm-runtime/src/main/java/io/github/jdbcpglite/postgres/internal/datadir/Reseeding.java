package io.github.jdbcpglite.postgres.internal.datadir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Gives the files of a data directory another system identifier and nonce: in the control file, and
 * in the first page of each WAL segment, whose {@code XLogLongPageHeaderData} repeats the
 * identifier. Not thread-safe.
 */
final class Reseeding {
    private static final int NONCE_BYTES = 32;
    private static final int PAGE_INFO = 2;
    private static final int LONG_HEADER = 2;
    private static final int PAGE_SYSTEM_IDENTIFIER = 24;
    private static final String WAL_SEGMENT = "pg_wal/[0-9A-F]{24}";

    private final SecureRandom random;
    private final long newIdentifier;
    private long oldIdentifier;
    private byte[] control = new byte[0];

    Reseeding(SecureRandom random, Instant now) {
        this.random = random;
        this.newIdentifier =
                now.getEpochSecond() << 32
                        | (long) (now.getNano() / 1000) << 12
                        | random.nextInt(1 << 12);
    }

    long newIdentifier() {
        return newIdentifier;
    }

    /** Takes the original control file. */
    void prepare(byte[] original) {
        ControlFile file = new ControlFile(original);
        oldIdentifier = file.systemIdentifier();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        file.reseed(newIdentifier, nonce);
        control = file.toBytes();
    }

    /** Returns what a file holds in the new cluster; may change the array it is given. */
    byte[] apply(String path, byte[] bytes) {
        if (path.equals(ControlFile.PATH)) {
            byte[] whole = bytes.clone();
            System.arraycopy(control, 0, whole, 0, control.length);
            return whole;
        }
        if (bytes.length >= PAGE_SYSTEM_IDENTIFIER + Long.BYTES && path.matches(WAL_SEGMENT)) {
            ByteBuffer page = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            boolean longHeader = (page.getShort(PAGE_INFO) & LONG_HEADER) != 0;
            if (longHeader && page.getLong(PAGE_SYSTEM_IDENTIFIER) == oldIdentifier) {
                page.putLong(PAGE_SYSTEM_IDENTIFIER, newIdentifier);
            }
        }
        return bytes;
    }
}
