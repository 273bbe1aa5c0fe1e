package io.github.jdbcpglite.wasm.sched;

/**
 * Addresses of PostgreSQL's variables in the pinned binary (PGlite 0.5.16), and its constants that
 * the host needs.
 *
 * <p>The exported ones could be looked up; those that are not exported were found by disassembly,
 * so the build pins the binary's checksum and these belong to it.
 */
final class PgSymbols {
    static final int IS_POSTMASTER_ENVIRONMENT = 2875556;
    static final int IS_UNDER_POSTMASTER = 2875557;
    static final int MY_PROC_PID = 2875608;
    static final int MY_BACKEND_TYPE = 2878772;
    static final int MY_PROC = 2804284;
    static final int MY_LATCH = 2875684;
    static final int MY_PM_CHILD_SLOT = 2875680;
    static final int MY_CLIENT_SOCKET = 2875632;
    static final int INTERRUPT_PENDING = 2875472;
    static final int INTERRUPT_HOLDOFF_COUNT = 2875516;
    static final int CRIT_SECTION_COUNT = 2875524;
    static final int NUM_HELD_LWLOCKS = 2802496;
    static final int LOCAL_LATCH = 2878776;
    static final int SELFPIPE_OWNER_PID = 2798224;
    static final int BEFORE_SHMEM_EXIT_INDEX = 2796912;
    static final int ON_SHMEM_EXIT_INDEX = 2797088;
    static final int ON_SHMEM_EXIT_LIST = 2797104;
    static final int ON_PROC_EXIT_INDEX = 2797264;
    static final int SEND_READY_FOR_QUERY = 2964949;
    static final int DSM_CONTROL = 2796880;
    static final int MY_WAIT_EVENT_INFO = 2607568;
    static final int ERRNO = 2968596;

    /** Wasm page after the last one with a variable of this list. */
    static final int FIRST_PAGE_WITHOUT_VARIABLES = (ERRNO >> 16) + 1;

    /** {@code max_stack_depth_bytes} of {@code stack_depth.c}. */
    static final int MAX_STACK_DEPTH_BYTES = 2678444;

    /** {@code child_process_kinds} of {@code launch_backend.c}, indexed by {@code BackendType}. */
    static final int CHILD_PROCESS_KINDS = 2592096;

    /** The pointers {@code CheckpointerShmem} and {@code XLogCtl}. */
    static final int CHECKPOINTER_SHMEM = 2788816;

    static final int XLOG_CTL = 2776720;

    /** {@code ckpt_flags} of {@code CheckpointerShmemStruct}. */
    static final int CHECKPOINTER_FLAGS = 20;

    /** {@code Insert.CurrBytePos} of {@code XLogCtlData}: bytes of WAL without page headers. */
    static final int XLOG_INSERT_POSITION = 8;

    /** Configuration parameters, as C variables. */
    static final int MAX_WAL_SIZE_MB = 2585676;

    static final int CHECKPOINT_TIMEOUT_SECONDS = 2592060;
    static final int CHECKPOINT_COMPLETION_TARGET = 2592072;
    static final int AUTOVACUUM = 2788560;
    static final int AUTOVACUUM_NAPTIME_SECONDS = 2788584;
    static final int TRACK_COUNTS = 2804740;

    /** {@code PgStartTime} and {@code PgReloadTime}, microseconds since the year 2000. */
    static final int PG_START_TIME = 2867456;

    static final int PG_RELOAD_TIME = 2867464;

    /** Offsets in {@code Latch}. */
    static final int LATCH_IS_SET = 0;

    static final int LATCH_MAYBE_SLEEPING = 4;
    static final int LATCH_OWNER_PID = 12;

    /** {@code B_BACKEND} of {@code BackendType}. */
    static final int BACKEND_TYPE_CLIENT = 1;

    /** {@code CAC_OK} and {@code CAC_TOOMANY} of {@code CAC_state}. */
    static final int CONNECTIONS_ACCEPTED = 0;

    static final int CONNECTIONS_TOO_MANY = 5;

    /** {@code PGShmemMagic} of {@code PGShmemHeader}, whose total size stands at offset 8. */
    static final int SHMEM_MAGIC = 679834894;

    static final int SHMEM_TOTAL_SIZE = 8;

    private PgSymbols() {}
}
