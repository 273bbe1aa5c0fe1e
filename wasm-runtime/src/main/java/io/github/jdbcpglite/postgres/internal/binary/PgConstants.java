package io.github.jdbcpglite.postgres.internal.binary;

/** Numbers that PostgreSQL 18's source fixes, whatever binary is made of it. */
public final class PgConstants {
    /** {@code B_BACKEND} of {@code BackendType}. */
    public static final int BACKEND_TYPE_CLIENT = 1;

    /** {@code CAC_OK} and {@code CAC_TOOMANY} of {@code CAC_state}. */
    public static final int CONNECTIONS_ACCEPTED = 0;

    public static final int CONNECTIONS_TOO_MANY = 5;

    /** {@code PGShmemMagic} of {@code PGShmemHeader}. */
    static final int SHMEM_MAGIC = 679834894;

    private PgConstants() {}
}
