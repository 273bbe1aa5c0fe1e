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
    private static final int DSM_HEADER_BYTES = 12;
    private static final int DSM_ITEM_BYTES = 24;
    private static final int DSM_MAX_ITEMS = 8;

    private SharedMemoryFinder() {}

    /** Finds them in the memory of a postmaster that has booted. */
    public static SharedMemory find(Engine engine, LinearMemory memory) {
        SharedMemory region = engine.newSharedMemory();
        int start = mainSegment(memory);
        addRange(region, memory, start, memory.getInt(start + PgSymbols.SHMEM_TOTAL_SIZE));
        int control = memory.getInt(PgSymbols.DSM_CONTROL);
        if (control != 0) {
            int items = memory.getInt(control + DSM_MAX_ITEMS);
            addRange(region, memory, control, DSM_HEADER_BYTES + DSM_ITEM_BYTES * items);
        }
        return region;
    }

    private static int mainSegment(LinearMemory memory) {
        int found = 0;
        int largest = 0;
        for (int page = 1; page < memory.pages(); page++) {
            int address = page * LinearMemory.PAGE_SIZE;
            if (memory.getInt(address) == PgSymbols.SHMEM_MAGIC) {
                int size = memory.getInt(address + PgSymbols.SHMEM_TOTAL_SIZE);
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
