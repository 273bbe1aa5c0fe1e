package io.github.jdbcpglite.host.process;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.engine.bytecode.InterpretedGuests;
import io.github.jdbcpglite.host.descriptor.OpenFile;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import org.junit.jupiter.api.Test;

/** Segments that two processes map, each at an address of its own. */
class SharedSegmentsTest {
    private static final int PAGE = LinearMemory.PAGE_SIZE;
    private static final String PATH = "/dev/shm/PostgreSQL.1";

    private final MemoryFileSystem files = MemoryFileSystem.create();
    private final SharedSegments segments =
            new SharedSegments(BytecodeEngine.INSTANCE::newSharedPages);
    private final LinearMemory one = InterpretedGuests.memory(8, 8);
    private final LinearMemory other = InterpretedGuests.memory(8, 8);

    SharedSegmentsTest() throws ErrnoException {
        files.addDirectory("/dev", 0755);
        files.addDirectory("/dev/shm", 0755);
    }

    private OpenFile open(String path) throws ErrnoException {
        int flags = OpenFlags.CREATE | OpenFlags.READ_WRITE;
        return new OpenFile(files.open(path, flags, 0600), path, flags);
    }

    @Test
    void aStoreOfOneIsSeenByTheOtherAtItsOwnAddress() throws ErrnoException {
        OpenFile file = open(PATH);
        segments.map(files, file, 2).show(one, 1);
        segments.map(files, open(PATH), 2).show(other, 5);
        one.putInt(2 * PAGE + 8, 42);
        assertThat(other.getInt(6 * PAGE + 8)).isEqualTo(42);
        other.putInt(5 * PAGE, 43);
        assertThat(one.getInt(PAGE)).isEqualTo(43);

        one.hide(1, 2);
        assertThat(one.getInt(PAGE)).isZero();
        one.putInt(PAGE, 7);
        assertThat(other.getInt(5 * PAGE)).as("its own page again").isEqualTo(43);
    }

    @Test
    void aSegmentStaysWhileItIsNamedOrMapped() throws ErrnoException {
        OpenFile file = open(PATH);
        segments.map(files, file, 1).show(one, 0);
        one.putInt(0, 42);
        segments.unmap(file);
        assertThat(segments.isEmpty(files)).as("still named").isFalse();
        segments.map(files, file, 1).show(other, 0);
        assertThat(other.getInt(0)).isEqualTo(42);

        files.unlink(PATH);
        assertThat(segments.isEmpty(files)).as("still mapped").isFalse();
        segments.unmap(file);
        assertThat(segments.isEmpty(files)).isTrue();
    }

    @Test
    void aNameThatIsUsedAgainIsAnotherSegment() throws ErrnoException {
        OpenFile first = open(PATH);
        segments.map(files, first, 1).show(one, 0);
        one.putInt(0, 42);
        files.unlink(PATH);
        segments.map(files, open(PATH), 1).show(other, 0);
        assertThat(other.getInt(0)).isZero();
    }

    @Test
    void allMappingsHaveOneSize() throws ErrnoException {
        OpenFile file = open(PATH);
        segments.map(files, file, 2);
        assertErrno(Errno.EINVAL, () -> segments.map(files, file, 3));
        segments.forget();
        segments.map(files, file, 3);
    }

    @Test
    void onlyFilesOfSharedMemoryAreSegments() throws ErrnoException {
        assertThat(SharedSegments.contains(open(PATH))).isTrue();
        assertThat(SharedSegments.contains(open("/dev/other"))).isFalse();
    }
}
