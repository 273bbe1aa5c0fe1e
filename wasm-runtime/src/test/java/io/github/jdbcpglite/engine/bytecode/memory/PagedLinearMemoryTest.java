package io.github.jdbcpglite.engine.bytecode.memory;

import static io.github.jdbcpglite.engine.LinearMemory.PAGE_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PagedLinearMemoryTest {
    private final PagedLinearMemory memory = new PagedLinearMemory(3, 5);

    @Test
    void overlappingCopiesAgreeWithAnArray() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] model = new byte[3 * PAGE_SIZE];
        random.nextBytes(model);
        memory.put(0, model);
        for (int i = 0; i < 200; i++) {
            int size = random.nextInt(PAGE_SIZE + 100);
            int from = random.nextInt(model.length - size);
            int to = random.nextInt(model.length - size);
            System.arraycopy(model, from, model, to, size);
            memory.copy(to, from, size);
        }
        assertThat(memory.getBytes(0, model.length)).as("seed %d", seed).isEqualTo(model);
    }

    @Test
    void restoredMemoryCopiesPagesOnlyWhenItStores() {
        memory.putInt(100, 7);
        PagedImage image = memory.freeze();
        PagedLinearMemory first = PagedLinearMemory.restore(image, 5, PageSource.unaccounted());
        PagedLinearMemory second = PagedLinearMemory.restore(image, 5, PageSource.unaccounted());
        assertThat(first.writablePageCount()).isZero();
        first.putInt(100, 8);
        memory.putInt(100, 9);
        assertThat(first.writablePageCount()).isEqualTo(1);
        assertThat(first.getInt(100)).isEqualTo(8);
        assertThat(second.getInt(100)).isEqualTo(7);
        assertThat(memory.getInt(100)).isEqualTo(9);
    }

    @Test
    void sharedPagesAreTheSameInEveryMemoryAlsoWhenFirstWrittenLater() {
        memory.putInt(PAGE_SIZE, 1);
        SharedRegion region = new SharedRegion();
        region.add(memory, 1, 2);
        PagedImage image = memory.freeze();
        PagedLinearMemory first = PagedLinearMemory.restore(image, 5, PageSource.unaccounted());
        PagedLinearMemory second = PagedLinearMemory.restore(image, 5, PageSource.unaccounted());
        region.join(first);
        region.join(second);
        assertThat(second.getInt(2 * PAGE_SIZE)).isZero();
        first.putInt(2 * PAGE_SIZE, 5);
        second.putInt(PAGE_SIZE, 6);
        assertThat(second.getInt(2 * PAGE_SIZE)).isEqualTo(5);
        assertThat(first.getInt(PAGE_SIZE)).isEqualTo(6);
        assertThat(region.allocatedBytes()).isEqualTo(2L * PAGE_SIZE);
    }

    @Test
    void rangesArePassedPageByPageWithoutCopies() {
        int start = PAGE_SIZE - 10;
        int done =
                memory.writeThrough(
                        start,
                        20,
                        (page, offset, length) -> {
                            page[offset] = 1;
                            return length;
                        });
        assertThat(done).isEqualTo(20);
        assertThat(memory.getByte(start)).isEqualTo((byte) 1);
        assertThat(memory.getByte(PAGE_SIZE)).isEqualTo((byte) 1);
        int[] seen = new int[1];
        int taken =
                memory.readThrough(
                        start,
                        20,
                        (page, offset, length) -> {
                            seen[0]++;
                            return 3;
                        });
        assertThat(taken).isEqualTo(3);
        assertThat(seen[0]).isEqualTo(1);
    }

    @Test
    void aRegionFromAnImageCopiesItsPagesForAllMembersAtOnce() throws IOException {
        memory.putLong(PAGE_SIZE + 8, 0x1122334455667788L);
        SharedRegion original = new SharedRegion();
        original.add(memory, 1, 2);
        SharedRegionImage image = stored(original.freeze(), 1);
        SharedRegion region = new SharedRegion(image);
        PagedLinearMemory first =
                PagedLinearMemory.restore(memory.freeze(), 5, PageSource.unaccounted());
        PagedLinearMemory second =
                PagedLinearMemory.restore(memory.freeze(), 5, PageSource.unaccounted());
        region.join(first);
        region.join(second);
        assertThat(first.getLong(PAGE_SIZE + 8)).isEqualTo(0x1122334455667788L);
        assertThat(region.allocatedBytes()).isZero();
        second.putInt(PAGE_SIZE, 5);
        second.putInt(2 * PAGE_SIZE, 6);
        assertThat(first.getInt(PAGE_SIZE)).isEqualTo(5);
        assertThat(first.getInt(2 * PAGE_SIZE)).isEqualTo(6);
        assertThat(first.getLong(PAGE_SIZE + 8)).isEqualTo(0x1122334455667788L);
        SharedRegion other = new SharedRegion(image);
        PagedLinearMemory third =
                PagedLinearMemory.restore(memory.freeze(), 5, PageSource.unaccounted());
        other.join(third);
        assertThat(third.getInt(PAGE_SIZE)).isZero();
        assertThatThrownBy(region::freeze).isInstanceOf(IllegalStateException.class);
        region.leave(first);
        region.leave(second);
        SharedRegion later = new SharedRegion(region.freeze());
        PagedLinearMemory fourth =
                PagedLinearMemory.restore(memory.freeze(), 5, PageSource.unaccounted());
        later.join(fourth);
        assertThat(fourth.getInt(2 * PAGE_SIZE)).isEqualTo(6);
        assertThat(fourth.getLong(PAGE_SIZE + 8)).isEqualTo(0x1122334455667788L);
    }

    private static SharedRegionImage stored(SharedRegionImage image, long sought)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        image.write(new DataOutputStream(bytes), sought);
        return SharedRegionImage.read(in(bytes));
    }

    @Test
    void aNumberIsReplacedInARegionAndNotInItsImage() throws IOException {
        memory.putLong(PAGE_SIZE + 16, 77);
        memory.putLong(2 * PAGE_SIZE, 77);
        SharedRegion original = new SharedRegion();
        original.add(memory, 1, 2);
        assertReplaced(original.freeze());
        assertReplaced(stored(original.freeze(), 77));
        assertReplaced(stored(original.freeze(), 78));
    }

    private void assertReplaced(SharedRegionImage image) {
        SharedRegion region = new SharedRegion(image);
        region.replaceLong(77, 88);
        PagedLinearMemory changed =
                PagedLinearMemory.restore(memory.freeze(), 5, PageSource.unaccounted());
        region.join(changed);
        assertThat(changed.getLong(PAGE_SIZE + 16)).isEqualTo(88);
        assertThat(changed.getLong(2 * PAGE_SIZE)).isEqualTo(88);
        PagedLinearMemory unchanged =
                PagedLinearMemory.restore(memory.freeze(), 5, PageSource.unaccounted());
        new SharedRegion(image).join(unchanged);
        assertThat(unchanged.getLong(PAGE_SIZE + 16)).isEqualTo(77);
    }

    @Test
    void bulkStoresCanBeIgnoredWhileAModuleIsInstantiatedOnceMore() {
        memory.putInt(100, 42);
        memory.ignoreBulkStores(true);
        memory.fill(96, 24, (byte) 0);
        memory.put(100, new byte[8]);
        memory.ignoreBulkStores(false);
        assertThat(memory.getInt(100)).isEqualTo(42);
        memory.fill(96, 24, (byte) 0);
        assertThat(memory.getInt(100)).isZero();
    }

    private static DataInputStream in(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
