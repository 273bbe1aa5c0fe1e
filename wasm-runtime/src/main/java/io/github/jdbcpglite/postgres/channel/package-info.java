/**
 * Byte streams between a client and a backend, in memory and bounded.
 *
 * <p>A {@link io.github.jdbcpglite.postgres.channel.BytePipe} carries bytes one way through a ring;
 * a {@link io.github.jdbcpglite.postgres.channel.DuplexChannel} is two of them with a client end,
 * whose calls block with a deadline, and a server end, whose calls never block and which is told by
 * a listener when asking again is worth it.
 *
 * <p>The rules that keep this correct without a lock on the data path:
 *
 * <ol>
 *   <li>One thread at a time reads a pipe and one at a time writes it. The client end enforces it
 *       with a lock for each direction; the server end belongs to the backend's thread. Closing is
 *       allowed on any thread, at any time and more than once.
 *   <li>Only the writer stores the count of bytes written, after the bytes are in the ring; only
 *       the reader stores the count of bytes read, after it has copied them out. Both counts are
 *       volatile, so seeing a count means seeing the bytes, and the ring needs no other ordering.
 *   <li>Whoever is about to wait first arms its {@code WaitPoint} and then asks once more. Whoever
 *       changes something first publishes the change (a count or a closed flag) and then looks
 *       whether the other side is armed. Both are volatile, so at least one of the two sees the
 *       other: a wake-up is never lost.
 *   <li>A signal disarms before it wakes, so that a burst of writes costs one wake-up. Who was
 *       woken must ask again, and thereby arms again, before waiting again; wake-ups without a
 *       reason are allowed.
 *   <li>For the server end, an answer of "nothing" (0 available, 0 read, 0 written, not writable)
 *       is what arms the listener, and so is the answer that bytes are being delivered. No such
 *       answer, no call of the listener.
 *   <li>A listener runs on the thread of whoever caused it, which may hold that end's lock: it must
 *       not block and must not call back into the channel.
 *   <li>The writer's closed flag is stored after its last count and read before it, so an end of
 *       input is reported only when every byte before it has been read.
 *   <li>Locks are taken in no nested order: no code here holds two of them.
 * </ol>
 */
@NullMarked
package io.github.jdbcpglite.postgres.channel;

import org.jspecify.annotations.NullMarked;
