package io.github.jdbcpglite.postgres.internal.process;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.postgres.internal.binary.PgBinary;
import io.github.jdbcpglite.postgres.internal.binary.PgConstants;

/**
 * Turns a restored instance into a child of the postmaster and runs it.
 *
 * <p>Does what {@code InitPostmasterChild} does after {@code fork()}, in PostgreSQL's {@code
 * miscinit.c}, and what the postmaster hands to a child: its client socket and start-up data.
 */
public final class BackendMain {
    private static final int CLIENT_SOCKET_BYTES = 140;
    private static final int SOCKET_ADDRESS_BYTES = 16;
    private static final int AF_INET = 2;
    private static final int SOCKET_FD = 1;
    private static final int STARTUP_DATA_ALLOCATED = 64;
    private static final int STARTUP_DATA_BYTES = 24;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Backend backend;
    private final Guest guest;
    private final PgBinary binary;
    private final LinearMemory memory;

    /** Makes what turns a backend's guest into a child. */
    public BackendMain(Backend backend) {
        this.backend = backend;
        this.guest = backend.guest();
        this.binary = backend.binary();
        this.memory = guest.memory();
    }

    /**
     * Serves the client until the backend ends.
     *
     * @param canAcceptConnections a {@code CAC_state}
     */
    public void run(long clusterStart, int canAcceptConnections) {
        becomeChild(PgConstants.BACKEND_TYPE_CLIENT, clusterStart);
        memory.putByte(binary.sendReadyForQuery, (byte) 1);
        guest.call("load_hba");
        memory.putInt(binary.myClientSocket, clientSocket());
        int startupData = allocate(STARTUP_DATA_ALLOCATED);
        memory.putInt(startupData, canAcceptConnections);
        guest.call("BackendMain", startupData, STARTUP_DATA_BYTES);
        throw new IllegalStateException("BackendMain returned");
    }

    /**
     * Does what {@code InitPostmasterChild} does.
     *
     * @param backendType a {@code BackendType}
     * @param clusterStart when the cluster started, in microseconds since the year 2000
     */
    public void becomeChild(int backendType, long clusterStart) {
        memory.putLong(binary.pgStartTime, clusterStart);
        memory.putLong(binary.pgReloadTime, clusterStart);
        guest.call("pgl_setPGliteActive", 0);
        memory.putByte(binary.isUnderPostmaster, (byte) 1);
        memory.putByte(binary.isPostmasterEnvironment, (byte) 1);
        memory.putInt(binary.beforeShmemExitIndex, 0);
        memory.putInt(binary.onShmemExitIndex, 0);
        memory.putInt(binary.onProcExitIndex, 0);
        memory.putInt(binary.selfpipeOwnerPid, 0);
        guest.call("InitStandaloneProcess", 0);
        memory.putInt(binary.myProcPid, backend.pid());
        memory.putInt(binary.localLatchData + binary.latchOwnerPid, backend.pid());
        memory.putInt(binary.selfpipeOwnerPid, backend.pid());
        memory.putInt(binary.myBackendType, backendType);
        memory.putInt(binary.myPmChildSlot, backend.childSlot());
    }

    /** Makes a {@code ClientSocket}: a descriptor, a {@code sockaddr_in} and its length. */
    private int clientSocket() {
        int socket = allocate(CLIENT_SOCKET_BYTES);
        memory.putInt(socket + binary.clientSocketFd, SOCKET_FD);
        int address = socket + binary.clientSocketAddress;
        memory.putShort(address, (short) AF_INET);
        int port = 1024 + backend.pid() % 60000;
        memory.putByte(address + 2, (byte) (port >> 8));
        memory.putByte(address + 3, (byte) port);
        memory.put(address + 4, LOOPBACK);
        memory.putInt(socket + binary.clientSocketAddressLength, SOCKET_ADDRESS_BYTES);
        return socket;
    }

    private int allocate(int size) {
        int address = (int) guest.call("malloc", size);
        if (address == 0) {
            throw new IllegalStateException("the guest has no memory for a new backend");
        }
        memory.fill(address, size, (byte) 0);
        return address;
    }
}
