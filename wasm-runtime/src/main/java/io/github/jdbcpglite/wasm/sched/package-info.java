/**
 * A cluster's backends: how they start, run one at a time, wait, are signalled and end.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>Shared memory and every backend's memory are touched only by the holder of the {@link
 *       io.github.jdbcpglite.wasm.sched.GiantLock}; the one exception is writing {@code
 *       InterruptPending}, which is a hint.
 *   <li>A backend lets go of the giant lock only where PostgreSQL waits ({@code WaitEventSetWait},
 *       {@code pg_usleep}) or may be interrupted ({@code ProcessInterrupts} with no holdoff and no
 *       critical section), and never while it holds an LWLock, because a contended LWLock would
 *       spin for ever.
 *   <li>A signal is a bit in the target's mask. The target raises it itself, on its own thread, at
 *       one of those places.
 *   <li>A wait clears its wake-up flag before it looks at its conditions and parks only while the
 *       flag is clear; whoever changes a condition sets the flag and unparks afterwards. So no
 *       wake-up is lost.
 *   <li>Backend threads are known to nobody else, so nobody can interrupt them.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.wasm.sched;

import org.jspecify.annotations.NullMarked;
