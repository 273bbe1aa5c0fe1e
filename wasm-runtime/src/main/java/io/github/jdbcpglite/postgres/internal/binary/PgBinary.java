package io.github.jdbcpglite.postgres.internal.binary;

import java.util.Properties;

/**
 * Where the variables of PostgreSQL lie in the binary of a distribution, and where fields lie in
 * its structures: read from the file of facts that the build puts beside the binary, where each
 * stands by its name in PostgreSQL's source. Immutable.
 *
 * <p>The fields are named as in that source; those of structures are offsets in bytes.
 */
public final class PgBinary {
    /** The SHA-256 of the {@code pglite.wasm} that the facts belong to, in hexadecimal. */
    public final String wasmSha256;

    public final int isPostmasterEnvironment;
    public final int isUnderPostmaster;
    public final int myProcPid;
    public final int myBackendType;
    public final int myProc;
    public final int myPmChildSlot;
    public final int myClientSocket;
    public final int interruptPending;
    public final int interruptHoldoffCount;
    public final int critSectionCount;
    public final int numHeldLwlocks;
    public final int localLatchData;
    public final int selfpipeOwnerPid;
    public final int beforeShmemExitIndex;
    public final int onShmemExitIndex;
    public final int onShmemExitList;
    public final int onProcExitIndex;
    public final int sendReadyForQuery;
    public final int dsmControl;
    public final int myWaitEventInfo;
    public final int errno;
    public final int maxStackDepthBytes;
    public final int childProcessKinds;
    public final int checkpointerShmem;
    public final int xlogCtl;
    public final int maxWalSizeMb;
    public final int checkPointTimeoutSeconds;
    public final int checkPointCompletionTarget;
    public final int autovacuumNaptimeSeconds;
    public final int autovacuumStartDaemon;
    public final int pgstatTrackCounts;
    public final int pgStartTime;
    public final int pgReloadTime;

    public final int checkpointerFlags;
    public final int xlogInsertPosition;
    public final int latchIsSet;
    public final int latchMaybeSleeping;
    public final int latchOwnerPid;
    public final int shmemTotalSize;
    public final int exitEntryBytes;
    public final int exitEntryFunction;
    public final int exitEntryArgument;
    public final int waitEventBytes;
    public final int waitEventPosition;
    public final int waitEventEvents;
    public final int waitEventFd;
    public final int waitEventUserData;
    public final int waitSetCount;
    public final int waitSetEvents;
    public final int waitSetLatch;
    public final int clientSocketFd;
    public final int clientSocketAddress;
    public final int clientSocketAddressLength;
    public final int childKindBytes;
    public final int childKindName;
    public final int childKindMain;
    public final int dsmHeaderBytes;
    public final int dsmHeaderMaxItems;
    public final int dsmItemBytes;

    /**
     * Takes the facts from a file.
     *
     * @throws IllegalArgumentException if one is missing or no number; the message names it
     */
    public PgBinary(Properties facts) {
        wasmSha256 = text(facts, "wasm.sha256");
        isPostmasterEnvironment = number(facts, "address.IsPostmasterEnvironment");
        isUnderPostmaster = number(facts, "address.IsUnderPostmaster");
        myProcPid = number(facts, "address.MyProcPid");
        myBackendType = number(facts, "address.MyBackendType");
        myProc = number(facts, "address.MyProc");
        myPmChildSlot = number(facts, "address.MyPMChildSlot");
        myClientSocket = number(facts, "address.MyClientSocket");
        interruptPending = number(facts, "address.InterruptPending");
        interruptHoldoffCount = number(facts, "address.InterruptHoldoffCount");
        critSectionCount = number(facts, "address.CritSectionCount");
        numHeldLwlocks = number(facts, "address.num_held_lwlocks");
        localLatchData = number(facts, "address.LocalLatchData");
        selfpipeOwnerPid = number(facts, "address.selfpipe_owner_pid");
        beforeShmemExitIndex = number(facts, "address.before_shmem_exit_index");
        onShmemExitIndex = number(facts, "address.on_shmem_exit_index");
        onShmemExitList = number(facts, "address.on_shmem_exit_list");
        onProcExitIndex = number(facts, "address.on_proc_exit_index");
        sendReadyForQuery = number(facts, "address.send_ready_for_query");
        dsmControl = number(facts, "address.dsm_control");
        myWaitEventInfo = number(facts, "address.my_wait_event_info");
        errno = number(facts, "address.errno");
        maxStackDepthBytes = number(facts, "address.max_stack_depth_bytes");
        childProcessKinds = number(facts, "address.child_process_kinds");
        checkpointerShmem = number(facts, "address.CheckpointerShmem");
        xlogCtl = number(facts, "address.XLogCtl");
        maxWalSizeMb = number(facts, "address.max_wal_size_mb");
        checkPointTimeoutSeconds = number(facts, "address.CheckPointTimeout");
        checkPointCompletionTarget = number(facts, "address.CheckPointCompletionTarget");
        autovacuumNaptimeSeconds = number(facts, "address.autovacuum_naptime");
        autovacuumStartDaemon = number(facts, "address.autovacuum_start_daemon");
        pgstatTrackCounts = number(facts, "address.pgstat_track_counts");
        pgStartTime = number(facts, "address.PgStartTime");
        pgReloadTime = number(facts, "address.PgReloadTime");
        checkpointerFlags = number(facts, "offset.CheckpointerShmemStruct.ckpt_flags");
        xlogInsertPosition = number(facts, "offset.XLogCtlData.Insert.CurrBytePos");
        latchIsSet = number(facts, "offset.Latch.is_set");
        latchMaybeSleeping = number(facts, "offset.Latch.maybe_sleeping");
        latchOwnerPid = number(facts, "offset.Latch.owner_pid");
        shmemTotalSize = number(facts, "offset.PGShmemHeader.totalsize");
        exitEntryBytes = number(facts, "offset.ONEXIT.bytes");
        exitEntryFunction = number(facts, "offset.ONEXIT.function");
        exitEntryArgument = number(facts, "offset.ONEXIT.arg");
        waitEventBytes = number(facts, "offset.WaitEvent.bytes");
        waitEventPosition = number(facts, "offset.WaitEvent.pos");
        waitEventEvents = number(facts, "offset.WaitEvent.events");
        waitEventFd = number(facts, "offset.WaitEvent.fd");
        waitEventUserData = number(facts, "offset.WaitEvent.user_data");
        waitSetCount = number(facts, "offset.WaitEventSet.nevents");
        waitSetEvents = number(facts, "offset.WaitEventSet.events");
        waitSetLatch = number(facts, "offset.WaitEventSet.latch");
        clientSocketFd = number(facts, "offset.ClientSocket.sock");
        clientSocketAddress = number(facts, "offset.ClientSocket.raddr.addr");
        clientSocketAddressLength = number(facts, "offset.ClientSocket.raddr.salen");
        childKindBytes = number(facts, "offset.child_process_kind.bytes");
        childKindName = number(facts, "offset.child_process_kind.name");
        childKindMain = number(facts, "offset.child_process_kind.main_fn");
        dsmHeaderBytes = number(facts, "offset.dsm_control_header.bytes");
        dsmHeaderMaxItems = number(facts, "offset.dsm_control_header.maxitems");
        dsmItemBytes = number(facts, "offset.dsm_control_item.bytes");
    }

    private static String text(Properties facts, String key) {
        String value = facts.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("the facts about the binary have no " + key);
        }
        return value;
    }

    private static int number(Properties facts, String key) {
        try {
            return Integer.parseInt(text(facts, key));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is no number", e);
        }
    }
}
