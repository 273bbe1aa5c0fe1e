package io.github.jdbcpglite.engine.bytecode.memory;

import static com.dylibso.chicory.runtime.Memory.PAGE_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PagedLinearMemoryTest {
    private final PagedLinearMemory memory = new PagedLinearMemory(new MemoryLimits(3, 5));

    @Test
    void storesOfEachWidthReadBackAlsoAcrossPages() {
        for (int base : new int[] {16, 17, PAGE_SIZE - 7, PAGE_SIZE - 3, PAGE_SIZE - 1}) {
            memory.writeLong(base, 0x0123456789ABCDEFL);
            assertThat(memory.readLong(base)).isEqualTo(0x0123456789ABCDEFL);
            assertThat(memory.readInt(base)).isEqualTo(0x89ABCDEF);
            assertThat(memory.readShort(base)).isEqualTo((short) 0xCDEF);
            assertThat(memory.read(base + 7)).isEqualTo((byte) 0x01);
            memory.writeI32(base, 0x13579BDF);
            assertThat(memory.readInt(base)).isEqualTo(0x13579BDF);
            memory.writeShort(base, (short) 0x2468);
            assertThat(memory.readU16(base)).isEqualTo(0x2468);
            memory.writeF32(base, 1.5f);
            assertThat(memory.readFloat(base)).isEqualTo(1.5f);
            memory.writeF64(base, -2.25);
            assertThat(memory.readDouble(base)).isEqualTo(-2.25);
        }
    }

    @Test
    void accessPastTheEndTraps() {
        int end = 3 * PAGE_SIZE;
        assertThatThrownBy(() -> memory.readInt(end - 3)).isInstanceOf(WasmRuntimeException.class);
        assertThatThrownBy(() -> memory.writeByte(end, (byte) 1))
                .isInstanceOf(WasmRuntimeException.class);
        assertThatThrownBy(() -> memory.readBytes(-1, 2)).isInstanceOf(WasmRuntimeException.class);
        assertThatThrownBy(() -> memory.fill((byte) 1, end - 1, end + 1))
                .isInstanceOf(WasmRuntimeException.class);
    }

    @Test
    void growsUpToTheMaximumOnly() {
        assertThat(memory.grow(2)).isEqualTo(3);
        assertThat(memory.pages()).isEqualTo(5);
        assertThat(memory.readInt(4 * PAGE_SIZE)).isZero();
        assertThat(memory.grow(1)).isEqualTo(-1);
    }

    @Test
    void overlappingCopiesAgreeWithAnArray() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] model = new byte[3 * PAGE_SIZE];
        random.nextBytes(model);
        memory.write(0, model);
        for (int i = 0; i < 200; i++) {
            int size = random.nextInt(PAGE_SIZE + 100);
            int from = random.nextInt(model.length - size);
            int to = random.nextInt(model.length - size);
            System.arraycopy(model, from, model, to, size);
            memory.copy(to, from, size);
        }
        assertThat(memory.readBytes(0, model.length)).as("seed %d", seed).isEqualTo(model);
    }

    @Test
    void restoredMemoryCopiesPagesOnlyWhenItStores() {
        memory.writeI32(100, 7);
        MemoryImage image = memory.freezeImage();
        PagedLinearMemory first = PagedLinearMemory.restore(image, 5, PageSource.unaccounted());
        PagedLinearMemory second = PagedLinearMemory.restore(image, 5, PageSource.unaccounted());
        assertThat(first.writablePageCount()).isZero();
        first.writeI32(100, 8);
        memory.writeI32(100, 9);
        assertThat(first.writablePageCount()).isEqualTo(1);
        assertThat(first.readInt(100)).isEqualTo(8);
        assertThat(second.readInt(100)).isEqualTo(7);
        assertThat(memory.readInt(100)).isEqualTo(9);
    }

    @Test
    void sharedPagesAreTheSameInEveryMemoryAlsoWhenFirstWrittenLater() {
        memory.writeI32(PAGE_SIZE, 1);
        SharedRegion region = new SharedRegion();
        region.add(memory, 1, 2);
        MemoryImage image = memory.freezeImage();
        PagedLinearMemory first = PagedLinearMemory.restore(image, 5, PageSource.unaccounted());
        PagedLinearMemory second = PagedLinearMemory.restore(image, 5, PageSource.unaccounted());
        region.join(first);
        region.join(second);
        assertThat(second.readInt(2 * PAGE_SIZE)).isZero();
        first.writeI32(2 * PAGE_SIZE, 5);
        second.writeI32(PAGE_SIZE, 6);
        assertThat(second.readInt(2 * PAGE_SIZE)).isEqualTo(5);
        assertThat(first.readInt(PAGE_SIZE)).isEqualTo(6);
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
        assertThat(memory.read(start)).isEqualTo((byte) 1);
        assertThat(memory.read(PAGE_SIZE)).isEqualTo((byte) 1);
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
        memory.writeLong(PAGE_SIZE + 8, 0x1122334455667788L);
        SharedRegion original = new SharedRegion();
        original.add(memory, 1, 2);
        SharedImage image = stored(original.freeze(), 1);
        SharedRegion region = new SharedRegion(image);
        PagedLinearMemory first =
                PagedLinearMemory.restore(memory.freezeImage(), 5, PageSource.unaccounted());
        PagedLinearMemory second =
                PagedLinearMemory.restore(memory.freezeImage(), 5, PageSource.unaccounted());
        region.join(first);
        region.join(second);
        assertThat(first.readLong(PAGE_SIZE + 8)).isEqualTo(0x1122334455667788L);
        assertThat(region.allocatedBytes()).isZero();
        second.writeI32(PAGE_SIZE, 5);
        second.writeI32(2 * PAGE_SIZE, 6);
        assertThat(first.readInt(PAGE_SIZE)).isEqualTo(5);
        assertThat(first.readInt(2 * PAGE_SIZE)).isEqualTo(6);
        assertThat(first.readLong(PAGE_SIZE + 8)).isEqualTo(0x1122334455667788L);
        SharedRegion other = new SharedRegion(image);
        PagedLinearMemory third =
                PagedLinearMemory.restore(memory.freezeImage(), 5, PageSource.unaccounted());
        other.join(third);
        assertThat(third.readInt(PAGE_SIZE)).isZero();
        assertThatThrownBy(region::freeze).isInstanceOf(IllegalStateException.class);
        region.leave(first);
        region.leave(second);
        SharedRegion later = new SharedRegion(region.freeze());
        PagedLinearMemory fourth =
                PagedLinearMemory.restore(memory.freezeImage(), 5, PageSource.unaccounted());
        later.join(fourth);
        assertThat(fourth.readInt(2 * PAGE_SIZE)).isEqualTo(6);
        assertThat(fourth.readLong(PAGE_SIZE + 8)).isEqualTo(0x1122334455667788L);
    }

    private static SharedImage stored(SharedImage image, long sought) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        image.write(new DataOutputStream(bytes), sought);
        return SharedImage.read(in(bytes));
    }

    @Test
    void aNumberIsReplacedInARegionAndNotInItsImage() throws IOException {
        memory.writeLong(PAGE_SIZE + 16, 77);
        memory.writeLong(2 * PAGE_SIZE, 77);
        SharedRegion original = new SharedRegion();
        original.add(memory, 1, 2);
        assertReplaced(original.freeze());
        assertReplaced(stored(original.freeze(), 77));
        assertReplaced(stored(original.freeze(), 78));
    }

    private void assertReplaced(SharedImage image) {
        SharedRegion region = new SharedRegion(image);
        region.replaceLong(77, 88);
        PagedLinearMemory changed =
                PagedLinearMemory.restore(memory.freezeImage(), 5, PageSource.unaccounted());
        region.join(changed);
        assertThat(changed.readLong(PAGE_SIZE + 16)).isEqualTo(88);
        assertThat(changed.readLong(2 * PAGE_SIZE)).isEqualTo(88);
        PagedLinearMemory unchanged =
                PagedLinearMemory.restore(memory.freezeImage(), 5, PageSource.unaccounted());
        new SharedRegion(image).join(unchanged);
        assertThat(unchanged.readLong(PAGE_SIZE + 16)).isEqualTo(77);
    }

    @Test
    void anImageIsReadAsItWasWritten() throws IOException {
        memory.writeI32(PAGE_SIZE - 4, 9);
        memory.writeByte(PAGE_SIZE + 3, (byte) 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.freezeImage().write(new DataOutputStream(bytes));
        assertThat(bytes.size()).isLessThan(PAGE_SIZE + 100);
        MemoryImage image = MemoryImage.read(in(bytes));
        PagedLinearMemory restored = PagedLinearMemory.restore(image, 5, PageSource.unaccounted());
        assertThat(restored.pages()).isEqualTo(memory.pages());
        assertThat(restored.readBytes(0, 3 * PAGE_SIZE))
                .isEqualTo(memory.readBytes(0, 3 * PAGE_SIZE));
    }

    @Test
    void bulkStoresCanBeIgnoredWhileAModuleIsInstantiatedOnceMore() {
        memory.writeI32(100, 42);
        memory.ignoreBulkStores(true);
        memory.fill((byte) 0, 96, 120);
        memory.write(100, new byte[8]);
        memory.ignoreBulkStores(false);
        assertThat(memory.readInt(100)).isEqualTo(42);
        memory.fill((byte) 0, 96, 120);
        assertThat(memory.readInt(100)).isZero();
    }

    private static DataInputStream in(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
