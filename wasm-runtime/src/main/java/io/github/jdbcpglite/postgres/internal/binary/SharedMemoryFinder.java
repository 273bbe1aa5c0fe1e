package io.github.jdbcpglite.postgres.internal.binary;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.SharedMemory;

/**
 * Finds the ranges of linear memory that PostgreSQL believes to be shared between processes.
 *
 * <p>They are the main segment, which starts at a wasm page with a {@code PGShmemHeader}, and the
 * control segment of dynamic shared memory, to which {@code dsm_control} points and which has wasm
 * pages of its own because the guest's {@code mmap} aligns to them.
 */
public final class SharedMemoryFinder {

    private SharedMemoryFinder() {}

    /** Finds them in the memory of a postmaster that has booted. */
    public static SharedMemory find(Engine engine, PgBinary binary, LinearMemory memory) {
        SharedMemory region = engine.newSharedMemory();
        int start = mainSegment(binary, memory);
        addRange(region, memory, start, memory.getInt(start + binary.shmemTotalSize));
        int control = memory.getInt(binary.dsmControl);
        if (control != 0) {
            int items = memory.getInt(control + binary.dsmHeaderMaxItems);
            addRange(region, memory, control, binary.dsmHeaderBytes + binary.dsmItemBytes * items);
        }
        return region;
    }

    private static int mainSegment(PgBinary binary, LinearMemory memory) {
        int found = 0;
        int largest = 0;
        for (int page = 1; page < memory.pages(); page++) {
            int address = page * LinearMemory.PAGE_SIZE;
            if (memory.getInt(address) == PgConstants.SHMEM_MAGIC) {
                int size = memory.getInt(address + binary.shmemTotalSize);
                if (size > largest) {
                    largest = size;
                    found = address;
                }
            }
        }
        if (found == 0) {
            throw new IllegalStateException(
                    "PostgreSQL's shared memory segment was not found after start-up");
        }
        return found;
    }

    private static void addRange(SharedMemory region, LinearMemory memory, int address, int size) {
        if (address % LinearMemory.PAGE_SIZE != 0) {
            throw new IllegalStateException(
                    "a shared segment starts inside a wasm page, at address " + address);
        }
        region.add(
                memory,
                address / LinearMemory.PAGE_SIZE,
                (size + LinearMemory.PAGE_SIZE - 1) / LinearMemory.PAGE_SIZE);
    }
}
