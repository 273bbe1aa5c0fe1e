package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.engine.LinearMemory;
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

    static void writeStat(LinearMemory memory, int addr, FileStatus status) {
        memory.putInt(addr, DEVICE);
        memory.putInt(addr + 4, status.type().modeBits() | status.mode());
        memory.putInt(addr + 8, status.linkCount());
        memory.putInt(addr + 12, GuestProcess.ROOT);
        memory.putInt(addr + 16, GuestProcess.ROOT);
        memory.putInt(addr + 20, 0);
        memory.putLong(addr + 24, status.size());
        memory.putInt(addr + 32, BLOCK_BYTES);
        long blocks = (status.size() + BLOCK_BYTES - 1) / BLOCK_BYTES;
        memory.putInt(addr + 36, (int) (blocks * UNITS_PER_BLOCK));
        writeTime(memory, addr + 40, status.accessNanos());
        writeTime(memory, addr + 56, status.modifyNanos());
        writeTime(memory, addr + 72, status.changeNanos());
        memory.putLong(addr + 88, status.inode());
    }

    /** Writes a {@code struct timespec} of 16 bytes. */
    private static void writeTime(LinearMemory memory, int addr, long nanos) {
        memory.putLong(addr, Math.floorDiv(nanos, NANOS_PER_SECOND));
        memory.putLong(addr + 8, Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    /** Writes type@0 bsize@4 blocks@8 bfree@16 bavail@24 files@32 ffree@40 fsid@48 namelen@56. */
    static void writeStatfs(LinearMemory memory, int addr, FileSystemStatus status) {
        memory.fill(addr, STATFS_BYTES, (byte) 0);
        memory.putInt(addr + 4, status.blockSize());
        memory.putLong(addr + 8, status.totalBlocks());
        memory.putLong(addr + 16, status.freeBlocks());
        memory.putLong(addr + 24, status.freeBlocks());
        memory.putLong(addr + 32, status.totalInodes());
        memory.putLong(addr + 40, status.freeInodes());
        memory.putInt(addr + 48, DEVICE);
        memory.putInt(addr + 56, NAME_MAX);
        memory.putInt(addr + 60, status.blockSize());
    }
}
