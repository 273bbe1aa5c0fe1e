package io.github.jdbcpglite.postgres.internal.datadir;

import io.github.jdbcpglite.postgres.internal.datadir.DirectoryException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * PostgreSQL's {@code global/pg_control}, in the layout of {@code ControlFileData} of version 18's
 * {@code pg_control.h}. Holds a copy of the bytes; not thread-safe.
 */
final class ControlFile {
    /** Path within a data directory. */
    static final String PATH = "global/pg_control";

    /** The size that PostgreSQL gives it. */
    static final int MAX_BYTES = 8192;

    private static final int SYSTEM_IDENTIFIER = 0;
    private static final int VERSION = 8;
    private static final int CATALOG_VERSION = 12;
    private static final int STATE = 16;
    private static final int MAX_ALIGN = 204;
    private static final int FLOAT_FORMAT = 208;
    private static final int BLOCK_SIZE = 216;
    private static final int FLOAT8_BY_VALUE = 248;
    private static final int NONCE = 257;
    private static final int NONCE_BYTES = 32;
    private static final int CHECKSUM = 292;
    private static final int STATE_SHUT_DOWN = 1;

    /** Names of the 32-bit fields from {@link #BLOCK_SIZE} on that two servers must agree in. */
    private static final String[] SIZES = {
        "BLCKSZ",
        "RELSEG_SIZE",
        "XLOG_BLCKSZ",
        null,
        "NAMEDATALEN",
        "INDEX_MAX_KEYS",
        "TOAST_MAX_CHUNK_SIZE",
        "LOBLKSIZE"
    };

    private final ByteBuffer data;

    ControlFile(byte[] bytes) {
        this.data = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Checks that a server whose own directories have the other control file can open this one.
     *
     * @param own the control file of a directory of this server
     * @param where the directory, for the message
     */
    void requireCompatible(ControlFile own, String where) throws DirectoryException {
        if (data.capacity() <= CHECKSUM + 4) {
            throw unsuitable(where, PATH + " is damaged: it has " + data.capacity() + " bytes");
        }
        int version = data.getInt(VERSION);
        if (version != own.data.getInt(VERSION)) {
            throw unsuitable(
                    where,
                    PATH
                            + " has version "
                            + version
                            + " and this server reads "
                            + own.data.getInt(VERSION)
                            + "; it belongs to another version of PostgreSQL or to a machine of"
                            + " another byte order. Dump it there and restore the dump here");
        }
        if (data.getInt(CHECKSUM) != checksum()) {
            throw unsuitable(where, PATH + " is damaged: its checksum is wrong");
        }
        requireSameFormat(own, where);
    }

    private void requireSameFormat(ControlFile own, String where) throws DirectoryException {
        int catalog = data.getInt(CATALOG_VERSION);
        if (catalog != own.data.getInt(CATALOG_VERSION)) {
            throw unsuitable(
                    where,
                    "its catalogs have version "
                            + catalog
                            + " and this server's "
                            + own.data.getInt(CATALOG_VERSION)
                            + "; dump it with the server that made it and restore the dump here");
        }
        if (data.get(FLOAT8_BY_VALUE) != own.data.get(FLOAT8_BY_VALUE)) {
            throw unsuitable(
                    where,
                    "it was made by a 64-bit PostgreSQL server (float8ByVal), and the PostgreSQL"
                            + " here is a 32-bit one, whose files differ; dump it with pg_dump and"
                            + " restore the dump here");
        }
        boolean same =
                data.getInt(MAX_ALIGN) == own.data.getInt(MAX_ALIGN)
                        && data.getLong(FLOAT_FORMAT) == own.data.getLong(FLOAT_FORMAT);
        if (!same) {
            throw unsuitable(where, "it was made on a machine with another alignment or floats");
        }
        for (int i = 0; i < SIZES.length; i++) {
            int offset = BLOCK_SIZE + 4 * i;
            if (SIZES[i] != null && data.getInt(offset) != own.data.getInt(offset)) {
                throw unsuitable(
                        where,
                        "it was made with "
                                + SIZES[i]
                                + " "
                                + data.getInt(offset)
                                + " and this server has "
                                + own.data.getInt(offset)
                                + "; dump it there and restore the dump here");
            }
        }
    }

    private static DirectoryException unsuitable(String where, String what) {
        return new DirectoryException(
                Reason.UNSUITABLE, "The data directory " + where + " cannot be opened: " + what);
    }

    /** Returns whether the cluster was shut down, so that it needs no recovery. */
    boolean isShutDown() {
        return data.capacity() > STATE + 4 && data.getInt(STATE) == STATE_SHUT_DOWN;
    }

    /** Returns what identifies the cluster in its WAL. */
    long systemIdentifier() {
        return data.getLong(SYSTEM_IDENTIFIER);
    }

    /** Returns the 32 random bytes with which logins of users that do not exist are answered. */
    byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        data.get(NONCE, nonce);
        return nonce;
    }

    /**
     * Makes another cluster of it.
     *
     * @param nonce 32 random bytes, with which a server answers logins of users that do not exist
     */
    void reseed(long systemIdentifier, byte[] nonce) {
        data.putLong(SYSTEM_IDENTIFIER, systemIdentifier);
        data.put(NONCE, nonce, 0, NONCE_BYTES);
        data.putInt(CHECKSUM, checksum());
    }

    byte[] toBytes() {
        return data.array().clone();
    }

    private int checksum() {
        CRC32C crc = new CRC32C();
        crc.update(data.array(), 0, CHECKSUM);
        return (int) crc.getValue();
    }
}
