package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.host.fs.FileStatus;
import io.github.jdbcpglite.host.fs.FileSystemStatus;
import io.github.jdbcpglite.host.process.GuestProcess;

/** Emscripten's {@code struct stat} and {@code struct statfs}. */
final class StatStruct {
    static final int STAT_BYTES = 96;
    static final int STATFS_BYTES = 88;

    private static final int DEVICE = 1;
    private static final int NAME_MAX = 255;
    private static final int BLOCK_BYTES = 4096;
    private static final int UNITS_PER_BLOCK = BLOCK_BYTES / 512;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private StatStruct() {}

    static void writeStat(PagedLinearMemory memory, int addr, FileStatus status) {
        memory.writeI32(addr, DEVICE);
        memory.writeI32(addr + 4, status.type().modeBits() | status.mode());
        memory.writeI32(addr + 8, status.linkCount());
        memory.writeI32(addr + 12, GuestProcess.ROOT);
        memory.writeI32(addr + 16, GuestProcess.ROOT);
        memory.writeI32(addr + 20, 0);
        memory.writeLong(addr + 24, status.size());
        memory.writeI32(addr + 32, BLOCK_BYTES);
        long blocks = (status.size() + BLOCK_BYTES - 1) / BLOCK_BYTES;
        memory.writeI32(addr + 36, (int) (blocks * UNITS_PER_BLOCK));
        writeTime(memory, addr + 40, status.accessNanos());
        writeTime(memory, addr + 56, status.modifyNanos());
        writeTime(memory, addr + 72, status.changeNanos());
        memory.writeLong(addr + 88, status.inode());
    }

    /** Writes a {@code struct timespec} of 16 bytes. */
    private static void writeTime(PagedLinearMemory memory, int addr, long nanos) {
        memory.writeLong(addr, Math.floorDiv(nanos, NANOS_PER_SECOND));
        memory.writeLong(addr + 8, Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    /** Writes type@0 bsize@4 blocks@8 bfree@16 bavail@24 files@32 ffree@40 fsid@48 namelen@56. */
    static void writeStatfs(PagedLinearMemory memory, int addr, FileSystemStatus status) {
        memory.fill((byte) 0, addr, addr + STATFS_BYTES);
        memory.writeI32(addr + 4, status.blockSize());
        memory.writeLong(addr + 8, status.totalBlocks());
        memory.writeLong(addr + 16, status.freeBlocks());
        memory.writeLong(addr + 24, status.freeBlocks());
        memory.writeLong(addr + 32, status.totalInodes());
        memory.writeLong(addr + 40, status.freeInodes());
        memory.writeI32(addr + 48, DEVICE);
        memory.writeI32(addr + 56, NAME_MAX);
        memory.writeI32(addr + 60, status.blockSize());
    }
}
