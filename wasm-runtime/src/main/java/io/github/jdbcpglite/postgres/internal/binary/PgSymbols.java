package io.github.jdbcpglite.postgres.internal.binary;

/**
 * Addresses of PostgreSQL's variables in the pinned binary (PGlite 0.5.16), and its constants that
 * the host needs.
 *
 * <p>The exported ones could be looked up; those that are not exported were found by disassembly,
 * so the build pins the binary's checksum and these belong to it.
 */
public final class PgSymbols {
    /** The SHA-256 of the {@code pglite.wasm} that these belong to, in hexadecimal. */
    public static final String WASM_SHA256 =
            "5256d9ac379f631355f41ab30291e6a6d9f854242b5ee2a2d0940e28041d3fca";

    public static final int IS_POSTMASTER_ENVIRONMENT = 2875556;
    public static final int IS_UNDER_POSTMASTER = 2875557;
    public static final int MY_PROC_PID = 2875608;
    public static final int MY_BACKEND_TYPE = 2878772;
    public static final int MY_PROC = 2804284;
    static final int MY_LATCH = 2875684;
    public static final int MY_PM_CHILD_SLOT = 2875680;
    public static final int MY_CLIENT_SOCKET = 2875632;
    public static final int INTERRUPT_PENDING = 2875472;
    public static final int INTERRUPT_HOLDOFF_COUNT = 2875516;
    public static final int CRIT_SECTION_COUNT = 2875524;
    public static final int NUM_HELD_LWLOCKS = 2802496;
    public static final int LOCAL_LATCH = 2878776;
    public static final int SELFPIPE_OWNER_PID = 2798224;
    public static final int BEFORE_SHMEM_EXIT_INDEX = 2796912;
    public static final int ON_SHMEM_EXIT_INDEX = 2797088;
    public static final int ON_SHMEM_EXIT_LIST = 2797104;
    public static final int ON_PROC_EXIT_INDEX = 2797264;
    public static final int SEND_READY_FOR_QUERY = 2964949;
    static final int DSM_CONTROL = 2796880;
    public static final int MY_WAIT_EVENT_INFO = 2607568;
    public static final int ERRNO = 2968596;

    /** {@code max_stack_depth_bytes} of {@code stack_depth.c}. */
    public static final int MAX_STACK_DEPTH_BYTES = 2678444;

    /** {@code child_process_kinds} of {@code launch_backend.c}, indexed by {@code BackendType}. */
    public static final int CHILD_PROCESS_KINDS = 2592096;

    /** The pointers {@code CheckpointerShmem} and {@code XLogCtl}. */
    public static final int CHECKPOINTER_SHMEM = 2788816;

    public static final int XLOG_CTL = 2776720;

    /** {@code ckpt_flags} of {@code CheckpointerShmemStruct}. */
    public static final int CHECKPOINTER_FLAGS = 20;

    /** {@code Insert.CurrBytePos} of {@code XLogCtlData}: bytes of WAL without page headers. */
    public static final int XLOG_INSERT_POSITION = 8;

    /** Configuration parameters, as C variables. */
    public static final int MAX_WAL_SIZE_MB = 2585676;

    public static final int CHECKPOINT_TIMEOUT_SECONDS = 2592060;
    public static final int CHECKPOINT_COMPLETION_TARGET = 2592072;
    public static final int AUTOVACUUM = 2788560;
    public static final int AUTOVACUUM_NAPTIME_SECONDS = 2788584;
    public static final int TRACK_COUNTS = 2804740;

    /** {@code PgStartTime} and {@code PgReloadTime}, microseconds since the year 2000. */
    public static final int PG_START_TIME = 2867456;

    public static final int PG_RELOAD_TIME = 2867464;

    /** Offsets in {@code Latch}. */
    public static final int LATCH_IS_SET = 0;

    public static final int LATCH_MAYBE_SLEEPING = 4;
    public static final int LATCH_OWNER_PID = 12;

    /** {@code B_BACKEND} of {@code BackendType}. */
    public static final int BACKEND_TYPE_CLIENT = 1;

    /** {@code CAC_OK} and {@code CAC_TOOMANY} of {@code CAC_state}. */
    public static final int CONNECTIONS_ACCEPTED = 0;

    public static final int CONNECTIONS_TOO_MANY = 5;

    /** {@code PGShmemMagic} of {@code PGShmemHeader}, whose total size stands at offset 8. */
    static final int SHMEM_MAGIC = 679834894;

    static final int SHMEM_TOTAL_SIZE = 8;

    private PgSymbols() {}
}
