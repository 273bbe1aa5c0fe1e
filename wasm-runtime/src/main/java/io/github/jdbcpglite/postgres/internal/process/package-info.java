/**
 * A cluster's backends: how they start, run one at a time, wait, are signalled and end.
 *
 * <p>Invariants, each with what checks it. Assertions are on in every test.
 *
 * <ol>
 *   <li>Shared memory and every backend's memory are touched only by the holder of the {@link
 *       io.github.jdbcpglite.postgres.internal.process.GiantLock}; other threads look into it by a
 *       lease, and the only thing that they store is {@code InterruptPending}, a hint. Asserted by
 *       {@code Backend} where a host call begins that waits, yields or delivers signals.
 *   <li>A backend lets go of the giant lock only where PostgreSQL waits ({@code WaitEventSetWait},
 *       {@code pg_usleep}) or may be interrupted ({@code ProcessInterrupts} with no holdoff and no
 *       critical section), and never while it holds an LWLock, because a contended LWLock would
 *       spin for ever. Always checked by {@code Backend.await}, which ends the cluster otherwise;
 *       {@code yieldToOthers} keeps the lock instead, and does so too until the turn is over. Where
 *       PostgreSQL forbids interrupts {@code BackendCalls} does neither. Shown by {@code
 *       InvariantsTest}.
 *   <li>A signal is a bit in the target's mask. The target raises it itself, on its own thread, at
 *       one of those places. Asserted by {@code Backend.deliverSignals}.
 *   <li>A wait clears its wake-up flag before it looks at its conditions and parks only while the
 *       flag is clear; whoever changes a condition sets the flag and unparks afterwards. So no
 *       wake-up is lost. Tried by {@code WakeUpStressTest}, and by scenarios in which sessions wait
 *       for each other.
 *   <li>Backend threads are known to nobody else, so nobody can interrupt them.
 *   <li>A pid belongs to one live backend. Asserted by {@code ProcessTable.add}.
 *   <li>The lock is released by the thread that holds it. Always checked by the lock.
 *   <li>Who asks for the lock gets it: others may go before, but once in a slice of time the next
 *       turn is promised to who has waited longest. Processes for which no client waits never go
 *       before others. Shown by {@code GiantLockTest}.
 *   <li>What a backend has sent is taken by a client that waits for it, for a bounded time, before
 *       the backend lets others see that it waits. Shown by {@code DeliveryTest}.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.postgres.internal.process;

import org.jspecify.annotations.NullMarked;
