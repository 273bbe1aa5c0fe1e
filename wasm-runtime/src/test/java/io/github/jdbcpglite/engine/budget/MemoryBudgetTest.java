package io.github.jdbcpglite.engine.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.bytecode.memory.PageSource;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.engine.bytecode.memory.SharedRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised is counted until it has an array, and what is taken until it is given back. */
class MemoryBudgetTest {
    private static final int PAGE = LinearMemory.PAGE_SIZE;

    private long promisedBefore;

    @BeforeEach
    void remember() {
        promisedBefore = HeapRoom.promisedBytes();
    }

    @AfterEach
    void nothingStaysPromised() {
        assertThat(HeapRoom.promisedBytes()).isEqualTo(promisedBefore);
    }

    private long promised() {
        return HeapRoom.promisedBytes() - promisedBefore;
    }

    private static PagedLinearMemory memory(PageSource source) {
        return PagedLinearMemory.restore(new PagedLinearMemory(2, 2).freeze(), 100, source);
    }

    @Test
    void whatIsLargerThanTheHeapDoesNotFit() {
        MemoryBudget budget = MemoryBudget.ofHeap();
        assertThat(budget.tryTake(Runtime.getRuntime().maxMemory())).isFalse();
        assertThat(budget.has(Runtime.getRuntime().maxMemory())).isFalse();
        assertThat(budget.takenBytes()).isZero();

        assertThat(budget.tryTake(PAGE)).isTrue();
        assertThat(promised()).isEqualTo(PAGE);
        budget.giveBack(PAGE, PAGE);
    }

    @Test
    void whatIsPromisedToOneIsNotThereForAnother() {
        MemoryBudget one = MemoryBudget.ofHeap();
        MemoryBudget other = MemoryBudget.ofHeap();
        long most = Runtime.getRuntime().maxMemory() * 3 / 4;
        one.take(most);
        try {
            assertThat(other.tryTake(most / 2)).isFalse();
        } finally {
            one.giveBack(most, most);
        }
    }

    @Test
    void aMemoryGrowsToTheLimitAndGivesEverythingBack() {
        MemoryBudget budget = MemoryBudget.limitedTo(10L * PAGE);
        try (PageSource source = PageSource.of(budget)) {
            PagedLinearMemory memory = memory(source);
            assertThat(memory.grow(8)).isEqualTo(2);
            assertThat(memory.hasRoom(2)).isTrue();
            assertThat(memory.hasRoom(3)).isFalse();
            assertThat(memory.grow(3)).isEqualTo(-1);
            assertThat(memory.pages()).isEqualTo(10);
            assertThat(budget.takenBytes()).isEqualTo(8L * PAGE);
            assertThat(promised()).isEqualTo(8L * PAGE);

            memory.putInt(5 * PAGE, 1);
            memory.putInt(5 * PAGE + 4, 1);
            memory.putInt(6 * PAGE, 1);
            assertThat(promised()).as("two pages have arrays now").isEqualTo(6L * PAGE);
            assertThat(budget.takenBytes()).isEqualTo(8L * PAGE);
        }
        assertThat(budget.takenBytes()).isZero();
    }

    @Test
    void pagesBeyondThePromiseAreAllocatedAllTheSame() {
        try (PageSource source = PageSource.of(MemoryBudget.limitedTo(PAGE))) {
            PagedLinearMemory memory = memory(source);
            source.take(1);
            memory.putInt(0, 1);
            memory.putInt(PAGE, 1);
            assertThat(promised()).isZero();
        }
    }

    @Test
    void sharedMemoryNotWrittenYetIsKeptFree() {
        MemoryBudget budget = MemoryBudget.ofHeap();
        PagedLinearMemory memory = new PagedLinearMemory(3, 3);
        SharedRegion region = new SharedRegion();
        region.add(memory, 0, 3);
        assertThat(region.unallocatedBytes()).isEqualTo(3L * PAGE);
        region.join(memory);
        memory.putInt(PAGE, 1);
        assertThat(region.unallocatedBytes()).isEqualTo(2L * PAGE);

        budget.shared(region::unallocatedBytes);
        assertThat(budget.tryTake(PAGE)).isTrue();
        budget.giveBack(PAGE, PAGE);
    }
}
