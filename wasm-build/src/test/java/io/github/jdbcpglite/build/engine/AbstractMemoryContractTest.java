package io.github.jdbcpglite.build.engine;

import static io.github.jdbcpglite.engine.LinearMemory.PAGE_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.engine.AddressFault;
import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.engine.MemoryImage;
import io.github.jdbcpglite.engine.MemoryPool;
import io.github.jdbcpglite.engine.SharedImage;
import io.github.jdbcpglite.engine.SharedMemory;
import io.github.jdbcpglite.engine.SharedPages;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the memory of every engine does, sentence by sentence; each engine has a subclass. */
abstract class AbstractMemoryContractTest {
    private static final int PAGES = 3;

    private final Engine engine;

    /** Tests the memory of an engine. */
    AbstractMemoryContractTest(Engine engine) {
        this.engine = engine;
    }

    /** Returns memory of zeros: of an image without contents. */
    private LinearMemory zeros() {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(image)) {
            out.writeInt(PAGES);
            out.writeInt(0);
            return restored(engine.readImage(in(image)));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not from an array
        }
    }

    private LinearMemory restored(MemoryImage image) {
        return engine.restore(image, engine.unlimitedAccount());
    }

    @Test
    void numbersOfEachWidthReadBackAlsoAcrossPages() {
        LinearMemory memory = zeros();
        for (int base : new int[] {16, 17, PAGE_SIZE - 7, PAGE_SIZE - 3, PAGE_SIZE - 1}) {
            memory.putLong(base, 0x0123456789ABCDEFL);
            assertThat(memory.getLong(base)).isEqualTo(0x0123456789ABCDEFL);
            assertThat(memory.getInt(base)).isEqualTo(0x89ABCDEF);
            assertThat(memory.getShort(base)).isEqualTo((short) 0xCDEF);
            assertThat(memory.getByte(base + 7)).isEqualTo((byte) 0x01);
            memory.putInt(base, 0x13579BDF);
            assertThat(memory.getInt(base)).isEqualTo(0x13579BDF);
            memory.putShort(base, (short) 0x2468);
            assertThat(memory.getShort(base)).isEqualTo((short) 0x2468);
            memory.putLong(base, Double.doubleToRawLongBits(-2.25));
            assertThat(memory.getDouble(base)).isEqualTo(-2.25);
        }
    }

    @Test
    void anAccessThatEndsOutsideIsAFaultAndStoresNothing() {
        LinearMemory memory = zeros();
        int end = PAGES * PAGE_SIZE;
        assertThatThrownBy(() -> memory.getByte(end)).isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.getShort(end - 1)).isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.getInt(end - 3)).isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.getLong(-8)).isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.putByte(end, (byte) 1)).isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.putShort(end - 1, (short) -1))
                .isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.putInt(end - 1, -1)).isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.putLong(end - 4, -1)).isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.getBytes(-1, 2)).isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.put(end - 1, new byte[] {1, 1}))
                .isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.fill(end - 1, 2, (byte) 1))
                .isInstanceOf(AddressFault.class);
        assertThatThrownBy(() -> memory.writeThrough(end - 1, 2, (bytes, at, length) -> length))
                .isInstanceOf(AddressFault.class);
        assertThat(memory.getLong(end - 8)).isZero();
    }

    @Test
    void growsToItsMaximumAndNoFurther() {
        LinearMemory memory = zeros();
        int most = memory.maximumPages() - PAGES;
        assertThat(memory.maximumPages()).isEqualTo(LinearMemory.MAX_PAGES);
        assertThat(memory.hasRoom(most)).isTrue();
        assertThat(memory.hasRoom(most + 1)).isFalse();
        assertThat(memory.grow(most + 1)).isEqualTo(-1);
        assertThat(memory.grow(2)).isEqualTo(PAGES);
        assertThat(memory.pages()).isEqualTo(PAGES + 2);
        assertThat(memory.getLong((PAGES + 2) * PAGE_SIZE - 8)).isZero();
        assertThat(memory.grow(most - 1)).isEqualTo(-1);
        assertThat(memory.grow(-1)).isEqualTo(-1);
    }

    @Test
    void growthAsksItsAccountFirst() {
        MemoryBudget budget = MemoryBudget.limitedTo(2L * PAGE_SIZE);
        try (MemoryAccount account = engine.newAccount(budget)) {
            LinearMemory memory = engine.restore(zeros().freeze(), account);
            assertThat(memory.hasRoom(3)).isFalse();
            assertThat(memory.grow(3)).isEqualTo(-1);
            assertThat(budget.takenBytes()).isZero();
            assertThat(memory.grow(2)).isEqualTo(PAGES);
            assertThat(budget.takenBytes()).isEqualTo(2L * PAGE_SIZE);
        }
        assertThat(budget.takenBytes()).isZero();
    }

    @Test
    void bulkAccessesAgreeWithAnArray() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LinearMemory memory = zeros();
        byte[] model = new byte[PAGES * PAGE_SIZE];
        for (int i = 0; i < 200; i++) {
            int size = random.nextInt(PAGE_SIZE + 100);
            int at = random.nextInt(model.length - size);
            if (random.nextBoolean()) {
                byte[] bytes = new byte[size + 3];
                random.nextBytes(bytes);
                memory.put(at, bytes, 3, size);
                System.arraycopy(bytes, 3, model, at, size);
            } else {
                byte value = (byte) random.nextInt(3);
                memory.fill(at, size, value);
                Arrays.fill(model, at, at + size, value);
            }
        }
        byte[] all = new byte[model.length + 1];
        memory.get(0, all, 1, model.length);
        assertThat(Arrays.copyOfRange(all, 1, all.length)).as("seed %d", seed).isEqualTo(model);
    }

    @Test
    void rangesPassInOrderAndEndWhereLittleIsTaken() {
        LinearMemory memory = zeros();
        int[] next = {1};
        int stored =
                memory.writeThrough(
                        PAGE_SIZE - 10,
                        20,
                        (bytes, offset, length) -> {
                            for (int i = 0; i < length; i++) {
                                bytes[offset + i] = (byte) next[0]++;
                            }
                            return length;
                        });
        assertThat(stored).isEqualTo(20);
        byte[] expected = new byte[20];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (i + 1);
        }
        assertThat(memory.getBytes(PAGE_SIZE - 10, 20)).isEqualTo(expected);
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        int taken =
                memory.readThrough(
                        PAGE_SIZE - 10,
                        20,
                        (bytes, offset, length) -> {
                            int some = Math.min(3, length);
                            seen.write(bytes, offset, some);
                            return some;
                        });
        assertThat(taken).isEqualTo(3);
        assertThat(seen.toByteArray()).containsExactly(1, 2, 3);
    }

    @Test
    void aRefusedProducerLeavesWhatWasNotFilled() {
        LinearMemory memory = zeros();
        memory.fill(0, 16, (byte) 7);
        assertThat(memory.writeThrough(0, 16, (bytes, offset, length) -> 0)).isZero();
        assertThat(memory.getBytes(0, 16)).containsOnly(7);
    }

    @Test
    void textEndsAtItsZero() {
        LinearMemory memory = zeros();
        memory.put(PAGE_SIZE - 2, new byte[] {(byte) 0xC3, (byte) 0xA9, 'x', 0, 'y'});
        assertThat(memory.getString(PAGE_SIZE - 2)).isEqualTo("\u00e9x");
        assertThat(memory.getString(PAGE_SIZE + 1)).isEmpty();
    }

    @Test
    void memoriesOfOneImageDoNotSeeEachOther() {
        LinearMemory memory = zeros();
        memory.putInt(100, 7);
        MemoryImage image = memory.freeze();
        assertThat(image.pageCount()).isEqualTo(PAGES);
        LinearMemory first = restored(image);
        LinearMemory second = restored(image);
        first.putInt(100, 8);
        memory.putInt(100, 9);
        assertThat(first.getInt(100)).isEqualTo(8);
        assertThat(second.getInt(100)).isEqualTo(7);
        assertThat(memory.getInt(100)).isEqualTo(9);
        assertThat(restored(image).getInt(100)).isEqualTo(7);
    }

    @Test
    void whatIsItsOwnIsWhatItWrote() {
        LinearMemory memory = zeros();
        memory.fill(0, PAGES * PAGE_SIZE, (byte) 1);
        LinearMemory restored = restored(memory.freeze());
        assertThat(restored.privateBytes()).isZero();
        assertThat(restored.ownUnits()).isEqualTo(new BitSet());
        int unit = restored.unitBytes();
        assertThat(PAGE_SIZE % unit).isZero();
        int written = PAGE_SIZE / unit;
        restored.putByte(PAGE_SIZE + 1, (byte) 2);
        assertThat(restored.privateBytes()).isEqualTo(unit);
        assertThat(restored.ownUnits().stream()).containsExactly(written);
        BitSet wanted = new BitSet();
        wanted.set(PAGES * written - 1, PAGES * written + 9);
        restored.makeOwn(wanted);
        assertThat(restored.ownUnits().stream()).containsExactly(written, PAGES * written - 1);
        assertThat(restored.getByte(2 * PAGE_SIZE)).isEqualTo((byte) 1);
    }

    @Test
    void anImageReadsAsItWasWritten() throws IOException {
        LinearMemory memory = zeros();
        memory.putInt(PAGE_SIZE - 4, 9);
        memory.putByte(PAGE_SIZE + 3, (byte) 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.freeze().write(new DataOutputStream(bytes));
        LinearMemory restored = restored(engine.readImage(in(bytes)));
        assertThat(restored.pages()).isEqualTo(PAGES);
        assertThat(restored.getBytes(0, PAGES * PAGE_SIZE))
                .isEqualTo(memory.getBytes(0, PAGES * PAGE_SIZE));
    }

    @Test
    void sharedPagesAreTheSameInEveryMemoryAlsoWhenFirstWrittenLater() {
        LinearMemory memory = zeros();
        memory.putInt(PAGE_SIZE, 1);
        SharedMemory shared = engine.newSharedMemory();
        shared.add(memory, 1, 2);
        MemoryImage image = memory.freeze().without(shared);
        LinearMemory first = restored(image);
        LinearMemory second = restored(image);
        assertThat(first.getInt(PAGE_SIZE)).as("before it joins").isZero();
        shared.join(first);
        shared.join(second);
        assertThat(second.getInt(PAGE_SIZE)).isEqualTo(1);
        first.putInt(2 * PAGE_SIZE, 5);
        second.putInt(PAGE_SIZE, 6);
        assertThat(second.getInt(2 * PAGE_SIZE)).isEqualTo(5);
        assertThat(first.getInt(PAGE_SIZE)).isEqualTo(6);
        assertThat(shared.allocatedBytes() + shared.unallocatedBytes()).isEqualTo(2L * PAGE_SIZE);
        assertThat(first.privateBytes()).as("shared pages are nobody's own").isZero();
    }

    @Test
    void closedSharedMemoryStaysWithThoseThatHaveJoined() {
        LinearMemory memory = zeros();
        memory.putInt(PAGE_SIZE, 1);
        SharedMemory shared = engine.newSharedMemory();
        shared.add(memory, 1, 2);
        SharedImage frozen = shared.freeze();
        MemoryImage image = zeros().freeze();
        LinearMemory first = restored(image);
        LinearMemory second = restored(image);
        shared.join(first);
        shared.join(second);
        shared.close();
        shared.close();
        first.putInt(2 * PAGE_SIZE, 5);
        assertThat(second.getInt(2 * PAGE_SIZE)).isEqualTo(5);
        assertThat(second.getInt(PAGE_SIZE)).isEqualTo(1);
        LinearMemory later = restored(image);
        frozen.share().join(later);
        assertThat(later.getInt(PAGE_SIZE)).as("an image stays").isEqualTo(1);
    }

    @Test
    void sharedMemoryFromAnImageLeavesTheImageAlone() throws IOException {
        LinearMemory memory = zeros();
        memory.putLong(PAGE_SIZE + 8, 77);
        memory.putLong(2 * PAGE_SIZE, 77);
        SharedMemory original = engine.newSharedMemory();
        original.add(memory, 1, 2);
        SharedImage frozen = original.freeze();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frozen.write(new DataOutputStream(bytes), 77);
        MemoryImage zeros = zeros().freeze();
        for (SharedImage image : new SharedImage[] {frozen, engine.readSharedImage(in(bytes))}) {
            SharedMemory one = image.share();
            one.replaceLong(77, 88);
            LinearMemory changed = restored(zeros);
            one.join(changed);
            assertThat(changed.getLong(PAGE_SIZE + 8)).isEqualTo(88);
            assertThat(changed.getLong(2 * PAGE_SIZE)).isEqualTo(88);
            LinearMemory unchanged = restored(zeros);
            image.share().join(unchanged);
            assertThat(unchanged.getLong(PAGE_SIZE + 8)).isEqualTo(77);
            assertThatThrownBy(one::freeze).isInstanceOf(IllegalStateException.class);
            one.leave(changed);
            LinearMemory later = restored(zeros);
            one.freeze().share().join(later);
            assertThat(later.getLong(2 * PAGE_SIZE)).isEqualTo(88);
        }
    }

    @Test
    void aSegmentShowsWhereItIsMappedUntilItIsHidden() {
        SharedPages segment = engine.newSharedPages(2);
        assertThat(segment.count()).isEqualTo(2);
        LinearMemory one = zeros();
        LinearMemory other = zeros();
        segment.show(one, 1);
        segment.show(other, 0);
        one.putInt(PAGE_SIZE + 4, 5);
        assertThat(other.getInt(4)).isEqualTo(5);
        one.hide(1, 2);
        assertThat(one.getInt(PAGE_SIZE + 4)).isZero();
        one.putInt(PAGE_SIZE + 4, 6);
        assertThat(other.getInt(4)).isEqualTo(5);
    }

    @Test
    void aPoolKeepsWhatIsLeftBehindAndShowsNothingOfIt() {
        MemoryBudget budget = MemoryBudget.limitedTo(100L * PAGE_SIZE);
        MemoryPool pool = engine.newPool(budget, 2, PAGE_SIZE);
        MemoryImage image = zeros().freeze();
        pool.keep();
        try (MemoryAccount account = pool.newAccount()) {
            account.take(PAGES);
            LinearMemory memory = engine.restore(image, account);
            memory.fill(0, PAGES * PAGE_SIZE, (byte) 0x5A);
            memory.close();
            memory.close();
        }
        assertThat(pool.keptBytes()).isBetween(0L, 2L * PAGE_SIZE);
        assertThat(budget.takenBytes()).isEqualTo(pool.keptBytes());
        try (MemoryAccount account = pool.newAccount()) {
            LinearMemory next = engine.restore(image, account);
            next.putByte(5, (byte) 1);
            assertThat(next.getBytes(6, 100)).containsOnly(0);
            next.close();
        }
        pool.clear();
        assertThat(pool.keptBytes()).isZero();
        assertThat(budget.takenBytes()).isZero();
    }

    private static DataInputStream in(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
