package io.github.jdbcpglite.wasm.emscripten.syscall;

import com.dylibso.chicory.runtime.WasmRuntimeException;
import io.github.jdbcpglite.wasm.emscripten.HostFunction;
import io.github.jdbcpglite.wasm.fs.Errno;
import io.github.jdbcpglite.wasm.fs.ErrnoException;

/** Turns failures into the numbers that a kind of import reports them with. */
final class ErrnoAbi {
    private ErrnoAbi() {}

    /** The body of a host function, in terms of POSIX. */
    @FunctionalInterface
    interface Syscall {
        /**
         * Runs the call.
         *
         * @return the result of success
         * @throws ErrnoException the error number to report
         */
        long call(long[] args) throws ErrnoException;
    }

    /** Adapts a {@code __syscall_*} function, which returns an error as its negative number. */
    static HostFunction negative(Syscall body) {
        return args -> {
            try {
                return body.call(args);
            } catch (ErrnoException e) {
                return -e.errno().number();
            } catch (WasmRuntimeException e) {
                return -fault(e);
            }
        };
    }

    /**
     * Adapts a function of {@code wasi_snapshot_preview1}, which returns an error as its number and
     * results through pointers.
     */
    static HostFunction positive(Syscall body) {
        return args -> {
            try {
                return body.call(args);
            } catch (ErrnoException e) {
                return e.errno().number();
            } catch (WasmRuntimeException e) {
                return fault(e);
            }
        };
    }

    /**
     * The bodies adapted here never run guest code, so this exception can only be linear memory
     * refusing an address that the guest passed.
     */
    private static long fault(WasmRuntimeException outOfBounds) {
        if (outOfBounds.getCause() != null) {
            throw outOfBounds;
        }
        return Errno.EFAULT.number();
    }
}
