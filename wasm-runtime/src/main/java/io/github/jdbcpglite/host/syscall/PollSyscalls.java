package io.github.jdbcpglite.host.syscall;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.descriptor.OpenFile;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.process.GuestMemory;
import io.github.jdbcpglite.host.process.GuestProcess;
import io.github.jdbcpglite.host.process.HostFunctionTable;
import io.github.jdbcpglite.host.process.PipeEnd;
import io.github.jdbcpglite.host.process.SyscallGroup;
import java.util.concurrent.TimeUnit;

/**
 * Waiting for descriptors.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/poll.html">poll</a>
 */
final class PollSyscalls implements SyscallGroup {
    static final String POLL = "__syscall_poll";

    private static final int POLLIN = 0x001;
    private static final int POLLOUT = 0x004;
    private static final int POLLERR = 0x008;
    private static final int POLLHUP = 0x010;
    private static final int POLLNVAL = 0x020;
    private static final int POLLRDNORM = 0x040;
    private static final int POLLWRNORM = 0x100;
    private static final int INPUT = POLLIN | POLLRDNORM;
    private static final int OUTPUT = POLLOUT | POLLWRNORM;

    /** {@code struct pollfd}: fd i32@0, events i16@4, revents i16@6. */
    private static final int ENTRY_BYTES = 8;

    private static final int REVENTS = 6;

    private final GuestProcess process;
    private final LinearMemory memory;
    private final GuestMemory ranges;

    PollSyscalls(GuestProcess process) {
        this.process = process;
        this.memory = process.memory();
        this.ranges = new GuestMemory(memory);
    }

    void register(HostFunctionTable table) {
        table.syscall(this, POLL);
    }

    @Override
    public long call(String name, long[] args) throws ErrnoException {
        return switch (name) {
            case POLL -> poll((int) args[0], (int) args[1], (int) args[2]);
            default -> throw SyscallGroup.unknown(name);
        };
    }

    /**
     * {@code poll}. Only this process could make its pipes ready and it is waiting here, so a wait
     * lasts its whole time, and one without end is refused with EAGAIN instead of hanging.
     *
     * @return how many descriptors have events
     * @throws ErrnoException EINVAL (more entries than descriptors), EFAULT, EAGAIN
     */
    private long poll(int entriesAddr, int count, int timeoutMillis) throws ErrnoException {
        if (count < 0 || count > process.descriptors().limit()) {
            throw new ErrnoException(Errno.EINVAL);
        }
        if (count > 0) {
            ranges.check(entriesAddr, count * ENTRY_BYTES);
        }
        int ready = look(entriesAddr, count);
        if (ready > 0 || timeoutMillis == 0) {
            return ready;
        }
        if (timeoutMillis < 0) {
            throw new ErrnoException(Errno.EAGAIN);
        }
        process.sleeper().sleepNanos(TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
        return look(entriesAddr, count);
    }

    private int look(int entriesAddr, int count) {
        int ready = 0;
        for (int i = 0; i < count; i++) {
            int addr = entriesAddr + i * ENTRY_BYTES;
            int happened = events(memory.getInt(addr), memory.getShort(addr + 4));
            memory.putShort(addr + REVENTS, (short) happened);
            if (happened != 0) {
                ready++;
            }
        }
        return ready;
    }

    private int events(int fd, int wanted) {
        if (fd < 0) {
            return 0;
        }
        OpenFile file;
        try {
            file = process.descriptors().get(fd);
        } catch (ErrnoException e) {
            return POLLNVAL;
        }
        int possible = INPUT | OUTPUT;
        if (file.handle() instanceof PipeEnd end) {
            possible = pipeEvents(end);
        }
        return possible & (wanted | POLLERR | POLLHUP);
    }

    private static int pipeEvents(PipeEnd end) {
        if (!end.isReady()) {
            return 0;
        }
        if (end.isReadingEnd()) {
            return (end.available() > 0 ? INPUT : 0) | (end.isPeerClosed() ? POLLHUP : 0);
        }
        return end.isPeerClosed() ? OUTPUT | POLLERR : OUTPUT;
    }
}
