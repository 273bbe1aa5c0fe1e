package io.github.jdbcpglite.engine.bytecode.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.budget.HeapRoom;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory of processes that have ended is used again, and shows nothing of them. */
class RecycledPagesTest {
    private static final int PAGE = PagedLinearMemory.PAGE_SIZE;
    private static final int LIMIT = 4;
    private static final long MARGIN = 8L * PAGE;
    private static final byte SECRET = 0x5A;

    private final MemoryBudget budget = MemoryBudget.limitedTo(100L * PAGE);
    private final RecycledPages recycled = new RecycledPages(budget, LIMIT, MARGIN);
    private long promisedBefore;

    @BeforeEach
    void remember() {
        promisedBefore = HeapRoom.promisedBytes();
        recycled.keep();
    }

    @AfterEach
    void everythingIsGivenBack() {
        recycled.clear();
        assertThat(kept()).isZero();
        assertThat(budget.takenBytes()).isZero();
        assertThat(HeapRoom.promisedBytes()).isEqualTo(promisedBefore);
    }

    /** Three pages: zeros, then two that begin with a number. */
    private static PagedImage image() {
        PagedLinearMemory memory = new PagedLinearMemory(3, 3);
        memory.putInt(PAGE, 1);
        memory.putInt(2 * PAGE, 2);
        return memory.freeze();
    }

    private int kept() {
        return (int) (recycled.keptBytes() / PAGE);
    }

    private PagedLinearMemory memory(PageSource source) {
        return PagedLinearMemory.restore(image(), 100, source);
    }

    /** Lets a process write a number of pages and end. */
    private void processOf(int pages) {
        try (PageSource source = PageSource.of(budget, recycled)) {
            PagedLinearMemory memory = memory(source);
            source.take(pages);
            memory.grow(Math.max(0, pages - memory.pages()));
            memory.fill(0, pages * PAGE, SECRET);
            memory.close();
        }
    }

    private static BitSet pages(int from, int to) {
        BitSet pages = new BitSet();
        pages.set(from, to);
        return pages;
    }

    @Test
    void aRecycledPageShowsNothingOfTheProcessBefore() {
        processOf(3);
        assertThat(kept()).isEqualTo(3);
        try (PageSource source = PageSource.of(budget, recycled)) {
            PagedLinearMemory memory = memory(source);
            memory.makeOwn(pages(0, 2));
            memory.putInt(2 * PAGE + 100, 7);
            assertThat(kept()).as("all three are in use again").isZero();

            byte[] expected = new byte[3 * PAGE];
            expected[PAGE] = 1;
            expected[2 * PAGE] = 2;
            expected[2 * PAGE + 100] = 7;
            int difference = Arrays.mismatch(memory.getBytes(0, 3 * PAGE), expected);
            assertThat(difference).as("address of a wrong byte").isEqualTo(-1);
        }
    }

    @Test
    void aMemoryThatWasRecycledShowsZeros() {
        try (PageSource source = PageSource.of(budget, recycled)) {
            PagedLinearMemory memory = memory(source);
            memory.fill(0, 3 * PAGE, SECRET);
            memory.close();
            assertThat(kept()).isEqualTo(3);
            assertThat(memory.getBytes(0, 3 * PAGE)).containsOnly(0);
            memory.close();
            assertThat(kept()).as("each array once").isEqualTo(3);
        }
    }

    @Test
    void whatIsKeptIsBoundedAndCountsAsTaken() {
        processOf(6);
        assertThat(kept()).isEqualTo(LIMIT);
        assertThat(budget.takenBytes()).isEqualTo((long) LIMIT * PAGE);
        assertThat(HeapRoom.promisedBytes()).isEqualTo(promisedBefore);
    }

    @Test
    void nothingIsKeptBeforeAndAfterIt() {
        recycled.clear();
        processOf(3);
        assertThat(kept()).isZero();
    }

    @Test
    void nothingIsKeptWhereLittleIsLeft() {
        long others = 90L * PAGE; // leaves less than a process and the margin
        budget.take(others);
        try {
            processOf(3);
            assertThat(kept()).isZero();
        } finally {
            budget.giveBack(others, others);
        }
    }

    @Test
    void pagesThatOthersHaveTooAreNotRecycled() {
        SharedArrays segment = new SharedArrays(1);
        try (PageSource source = PageSource.of(budget, recycled)) {
            PagedLinearMemory memory = memory(source);
            segment.show(memory, 0);
            memory.putInt(0, 1);
            SharedRegion region = new SharedRegion();
            region.add(new PagedLinearMemory(3, 3), 1, 1);
            region.join(memory);
            memory.putInt(PAGE, 1);
            assertThat(memory.ownUnits()).isEqualTo(new BitSet());
            memory.putInt(2 * PAGE, 1);
            assertThat(memory.ownUnits()).isEqualTo(pages(2, 3));
            PagedImage frozen = memory.freeze();
            memory.close();
            assertThat(kept()).as("pages of %s are kept by it", frozen).isZero();
        }
    }

    @Test
    void pagesBeyondTheEndAreNotCopiedInAdvance() {
        try (PageSource source = PageSource.of(budget, recycled)) {
            PagedLinearMemory memory = memory(source);
            memory.makeOwn(pages(2, 9));
            assertThat(memory.ownUnits()).isEqualTo(pages(2, 3));
        }
    }

    @Test
    void aReserveIsGivenUpBeforeItsOwnClusterIsToldNo() {
        processOf(3);
        budget.reserve(recycled::clear);
        try {
            assertThat(budget.tryTake(99L * PAGE)).isTrue();
            assertThat(kept()).isZero();
            budget.giveBack(99L * PAGE, 99L * PAGE);
        } finally {
            budget.reserve(null);
        }
    }

    @Test
    void aReserveIsGivenUpBeforeAnotherClusterIsToldNo() {
        processOf(3);
        budget.reserve(recycled::clear);
        try {
            assertThat(MemoryBudget.ofHeap().tryTake(Runtime.getRuntime().maxMemory())).isFalse();
            assertThat(kept()).isZero();
        } finally {
            budget.reserve(null);
        }
        recycled.keep();
        processOf(3);
        assertThat(MemoryBudget.ofHeap().tryTake(Runtime.getRuntime().maxMemory())).isFalse();
        assertThat(kept()).as("it is no reserve any more").isEqualTo(3);
    }
}
