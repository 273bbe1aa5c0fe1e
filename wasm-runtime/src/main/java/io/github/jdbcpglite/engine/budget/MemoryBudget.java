package io.github.jdbcpglite.engine.budget;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one cluster may take of the heap: the private memory of its processes and its files in
 * memory, up to a limit of its own and as far as the heap of the JVM has room. An engine whose
 * memory lies outside of the heap takes from the same limit alone.
 *
 * <p>Bytes are taken where PostgreSQL can be told no, and given back with the process or file they
 * belong to. An array for them may come later; {@link #allocated} says when it has come.
 *
 * <p>Safe for use by several threads.
 */
public final class MemoryBudget {
    private final long limitBytes;
    private final AtomicLong takenBytes = new AtomicLong();
    private volatile @Nullable LongSupplier unallocatedShared;
    private volatile @Nullable Runnable reserve;

    private MemoryBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Returns a budget with no limit but the heap. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Long.MAX_VALUE);
    }

    /**
     * Returns a budget with a limit.
     *
     * @param bytes more than 0
     */
    public static MemoryBudget limitedTo(long bytes) {
        return new MemoryBudget(bytes);
    }

    /**
     * Takes the cluster's shared memory into account, whose pages nobody is asked for.
     *
     * @param unallocatedBytes how many bytes of it have no array yet, whenever asked
     */
    public void shared(LongSupplier unallocatedBytes) {
        unallocatedShared = unallocatedBytes;
    }

    /**
     * Sets what gives up memory that is kept without need, before somebody is told no, here or,
     * when the heap is short, by another cluster's budget; {@code null} for nothing. It is called
     * by whoever asks for memory and must not ask for any.
     */
    public synchronized void reserve(@Nullable Runnable giveUp) {
        HeapRoom.reserve(reserve, giveUp);
        reserve = giveUp;
    }

    /** Takes bytes for which there is no array yet, or takes none and returns false. */
    public boolean tryTake(long bytes) {
        Runnable kept = reserve;
        if (kept != null && bytes > limitBytes - takenBytes.get()) {
            kept.run();
        }
        if (takenBytes.addAndGet(bytes) <= limitBytes
                && HeapRoom.tryPromise(bytes, unallocatedSharedBytes())) {
            return true;
        }
        takenBytes.addAndGet(-bytes);
        return false;
    }

    /** Takes bytes whatever the limit says, for what would end the cluster if it failed. */
    public void take(long bytes) {
        takenBytes.addAndGet(bytes);
        HeapRoom.promise(bytes);
    }

    /** Returns whether bytes could be taken without collecting garbage. */
    public boolean has(long bytes) {
        return bytes <= limitBytes - takenBytes.get()
                && HeapRoom.has(bytes, unallocatedSharedBytes());
    }

    /** Says that an array has been allocated for bytes that were taken. */
    public void allocated(long bytes) {
        HeapRoom.settle(bytes);
    }

    /**
     * Gives bytes back.
     *
     * @param bytes that were taken
     * @param unallocatedBytes those of them that never had an array
     */
    public void giveBack(long bytes, long unallocatedBytes) {
        takenBytes.addAndGet(-bytes);
        HeapRoom.settle(unallocatedBytes);
    }

    /** Takes bytes outside of the heap, or takes none and returns false. */
    public boolean tryTakeMapped(long bytes) {
        if (takenBytes.addAndGet(bytes) <= limitBytes) {
            return true;
        }
        takenBytes.addAndGet(-bytes);
        return false;
    }

    /** Takes bytes outside of the heap whatever the limit says. */
    public void takeMapped(long bytes) {
        takenBytes.addAndGet(bytes);
    }

    /** Returns whether bytes outside of the heap could be taken. */
    public boolean hasMapped(long bytes) {
        return bytes <= limitBytes - takenBytes.get();
    }

    /** Gives back bytes outside of the heap. */
    public void giveBackMapped(long bytes) {
        takenBytes.addAndGet(-bytes);
    }

    /** Returns how many bytes are taken. */
    public long takenBytes() {
        return takenBytes.get();
    }

    private long unallocatedSharedBytes() {
        LongSupplier bytes = unallocatedShared;
        return bytes == null ? 0 : HeapRoom.shared(bytes.getAsLong());
    }
}
