package io.github.jdbcpglite.host.process;

import io.github.jdbcpglite.engine.AddressFault;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;

/** By which number a kind of import reports failures. */
public enum ErrnoAbi {
    /** A {@code __syscall_*} function returns an error as its negative number. */
    NEGATIVE,

    /**
     * A function of {@code wasi_snapshot_preview1} returns an error as its number and results
     * through pointers.
     */
    POSITIVE,

    /** A function with a convention of its own, which reports failures in its result. */
    OWN;

    /** Returns the host function that runs one function of a group. */
    public HostFunction adapt(SyscallGroup group, String name) {
        return new Adapter(group, name, this);
    }

    private long result(Errno errno) {
        return this == NEGATIVE ? -errno.number() : errno.number();
    }

    private record Adapter(SyscallGroup group, String name, ErrnoAbi abi) implements HostFunction {
        @Override
        public long call(Guest caller, long[] args) {
            try {
                return group.call(name, args);
            } catch (ErrnoException e) {
                if (abi == OWN) {
                    throw new IllegalStateException(name + " cannot report an error number", e);
                }
                return abi.result(e.errno());
            } catch (AddressFault e) {
                // Most bodies run no guest code, so it is an address that the guest passed.
                if (abi == OWN) {
                    throw e;
                }
                return abi.result(Errno.EFAULT);
            }
        }
    }
}
