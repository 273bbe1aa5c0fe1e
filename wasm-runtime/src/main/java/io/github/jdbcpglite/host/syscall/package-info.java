/**
 * The functions of the host that an Emscripten module imports, one class per POSIX family.
 *
 * <p>Below the ABI everything fails with {@link io.github.jdbcpglite.host.fs.ErrnoException};
 * {@link io.github.jdbcpglite.host.process.ErrnoAbi} turns it into the number the guest gets,
 * negative from a {@code __syscall_*} function and positive from a function of {@code
 * wasi_snapshot_preview1}. A guest address that is null or outside linear memory is EFAULT. Nothing
 * fails with EINTR: signals are delivered at points of their own, never inside a call.
 *
 * <p>Everything here belongs to one guest process and runs on its thread.
 */
@NullMarked
package io.github.jdbcpglite.host.syscall;

import org.jspecify.annotations.NullMarked;
