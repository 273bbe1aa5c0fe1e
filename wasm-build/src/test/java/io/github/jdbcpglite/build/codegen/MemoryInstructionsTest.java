package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loads, stores, growth and bulk instructions at every kind of address. */
final class MemoryInstructionsTest {
    private static final int PAGES = 3;
    private static final long SIZE = PAGES * 65536L;
    private static final long[] ADDRESSES = {
        0,
        1,
        3,
        8,
        1000,
        65527,
        65528,
        65529,
        65530,
        65531,
        65532,
        65533,
        65534,
        65535,
        65536,
        131065,
        131071,
        SIZE - 9,
        SIZE - 8,
        SIZE - 7,
        SIZE - 5,
        SIZE - 4,
        SIZE - 3,
        SIZE - 2,
        SIZE - 1,
        SIZE,
        SIZE + 1,
        SIZE + 65535,
        0x7FFFFFF8L,
        0x7FFFFFFFL,
        0x80000000L,
        0xFFFFFFF0L,
        0xFFFFFFF8L,
        0xFFFFFFFFL
    };
    private static final long[] OFFSETS = {
        0, 1, 16, 65535, 65536, SIZE - 4, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFF8L, 0xFFFFFFFFL
    };

    static Stream<OpCode> loads() {
        return Stream.of(OpCode.values())
                .filter(
                        op ->
                                op.opcode() >= OpCode.I32_LOAD.opcode()
                                        && op.opcode() <= OpCode.I64_LOAD32_U.opcode());
    }

    static Stream<OpCode> stores() {
        return Stream.of(OpCode.values())
                .filter(
                        op ->
                                op.opcode() >= OpCode.I32_STORE.opcode()
                                        && op.opcode() <= OpCode.I64_STORE32.opcode());
    }

    private static char type(OpCode op) {
        return switch (op.name().substring(0, 3)) {
            case "I32" -> 'I';
            case "I64" -> 'J';
            case "F32" -> 'F';
            default -> 'D';
        };
    }

    private static int size(OpCode op) {
        String name = op.name();
        if (name.contains("8")) {
            return 1;
        }
        if (name.contains("16")) {
            return 2;
        }
        boolean narrow = name.indexOf("32", 3) > 0 || type(op) == 'I' || type(op) == 'F';
        return narrow ? 4 : 8;
    }

    private static Instance guest(WasmBuilder wasm) {
        wasm.memory(PAGES, PAGES + 2);
        return Guests.generated(wasm.parse(), Guests.noImports());
    }

    private static byte pattern(long address) {
        return (byte) (address * 31 + (address >> 8) * 7 + 200);
    }

    private static void fill(Instance guest) {
        for (int i = 0; i < SIZE; i++) {
            guest.memory().writeByte(i, pattern(i));
        }
    }

    /** What the specification says a load gives, or null for a trap. */
    private static String expectedLoad(OpCode op, long address) {
        int size = size(op);
        if (address + size > SIZE) {
            return "trap: out of bounds memory access";
        }
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | pattern(address + i) & 0xFF;
        }
        if (op.name().endsWith("_S")) {
            value = value << 64 - 8 * size >> 64 - 8 * size;
        }
        return switch (type(op)) {
            case 'I' -> "results: " + Integer.toHexString((int) value);
            case 'F' ->
                    Float.isNaN(Float.intBitsToFloat((int) value))
                            ? "results: nan"
                            : "results: " + Integer.toHexString((int) value);
            case 'D' ->
                    Double.isNaN(Double.longBitsToDouble(value))
                            ? "results: nan"
                            : "results: " + Long.toHexString(value);
            default -> "results: " + Long.toHexString(value);
        };
    }

    @ParameterizedTest
    @MethodSource("loads")
    void loadsWhatIsThereOrTraps(OpCode op) {
        WasmBuilder wasm = new WasmBuilder();
        String result = String.valueOf(type(op));
        for (int i = 0; i < OFFSETS.length; i++) {
            wasm.export(
                    "f" + i, "I:" + result, "", WasmBuilder.body().get(0).op(op, 0, OFFSETS[i]));
            for (int k = 0; k < ADDRESSES.length; k++) {
                wasm.export(
                        "c" + i + "_" + k,
                        ":" + result,
                        "",
                        WasmBuilder.body().i32((int) ADDRESSES[k]).op(op, 0, OFFSETS[i]));
            }
        }
        Instance guest = guest(wasm);
        fill(guest);
        for (int i = 0; i < OFFSETS.length; i++) {
            for (int k = 0; k < ADDRESSES.length; k++) {
                String expected = expectedLoad(op, ADDRESSES[k] + OFFSETS[i]);
                assertThat(Guests.outcome(guest, "f" + i, result, ADDRESSES[k]))
                        .as("%s %x + %x", op, ADDRESSES[k], OFFSETS[i])
                        .isEqualTo(expected);
                assertThat(Guests.outcome(guest, "c" + i + "_" + k, result))
                        .as("%s constant %x + %x", op, ADDRESSES[k], OFFSETS[i])
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void storesExactlyItsBytesOrTraps(OpCode op) {
        WasmBuilder wasm = new WasmBuilder();
        char type = type(op);
        for (int i = 0; i < OFFSETS.length; i++) {
            wasm.export(
                    "f" + i,
                    "I" + type + ":",
                    "",
                    WasmBuilder.body().get(0).get(1).op(op, 0, OFFSETS[i]));
        }
        Instance guest = guest(wasm);
        fill(guest);
        long value = 0x1122334455667788L;
        int size = size(op);
        for (int i = 0; i < OFFSETS.length; i++) {
            for (long base : ADDRESSES) {
                long address = base + OFFSETS[i];
                boolean inside = address + size <= SIZE;
                assertThat(Guests.outcome(guest, "f" + i, "", base, value))
                        .as("%s %x + %x", op, base, OFFSETS[i])
                        .isEqualTo(inside ? "results:" : "trap: out of bounds memory access");
                long from = Math.max(0, Math.min(address, SIZE) - 9);
                long to = Math.min(SIZE, address + 17);
                for (long at = from; at < to; at++) {
                    boolean stored = inside && at >= address && at < address + size;
                    byte expected = stored ? (byte) (value >>> 8 * (at - address)) : pattern(at);
                    assertThat(guest.memory().read((int) at)).as("byte %x", at).isEqualTo(expected);
                    guest.memory().writeByte((int) at, pattern(at));
                }
            }
        }
    }

    @Test
    void growsUpToItsMaximumAndSeesTheNewPages() {
        WasmBuilder wasm = new WasmBuilder();
        wasm.export("grow", "I:I", "", WasmBuilder.body().get(0).op(OpCode.MEMORY_GROW, 0));
        wasm.export("size", ":I", "", WasmBuilder.body().op(OpCode.MEMORY_SIZE, 0));
        wasm.export("load", "I:I", "", WasmBuilder.body().get(0).op(OpCode.I32_LOAD, 0, 0));
        wasm.export(
                "store", "II:", "", WasmBuilder.body().get(0).get(1).op(OpCode.I32_STORE, 0, 0));
        Instance guest = guest(wasm);
        assertThat(Guests.outcome(guest, "load", "I", SIZE)).startsWith("trap");
        assertThat(Guests.outcome(guest, "grow", "I", 1)).isEqualTo("results: 3");
        assertThat(Guests.outcome(guest, "size", "I")).isEqualTo("results: 4");
        assertThat(Guests.outcome(guest, "store", "", SIZE - 2, 0x12345678)).isEqualTo("results:");
        assertThat(Guests.outcome(guest, "load", "I", SIZE - 2)).isEqualTo("results: 12345678");
        assertThat(Guests.outcome(guest, "grow", "I", 2)).isEqualTo("results: ffffffff");
        assertThat(Guests.outcome(guest, "grow", "I", -1)).isEqualTo("results: ffffffff");
        assertThat(guest.memory().grow(1)).as("growth by the host").isEqualTo(4);
        assertThat(Guests.outcome(guest, "load", "I", SIZE + 65536)).isEqualTo("results: 0");
    }

    @Test
    void bulkInstructionsCheckTheirRanges() {
        WasmBuilder wasm = new WasmBuilder();
        wasm.activeData(40, new byte[] {9, 9});
        wasm.passiveData(new byte[] {1, 2, 3, 4});
        wasm.export(
                "init",
                "III:",
                "",
                WasmBuilder.body().get(0).get(1).get(2).op(OpCode.MEMORY_INIT, 1, 0));
        wasm.export(
                "active",
                "III:",
                "",
                WasmBuilder.body().get(0).get(1).get(2).op(OpCode.MEMORY_INIT, 0, 0));
        wasm.export("drop", ":", "", WasmBuilder.body().op(OpCode.DATA_DROP, 1));
        wasm.export(
                "copy",
                "III:",
                "",
                WasmBuilder.body().get(0).get(1).get(2).op(OpCode.MEMORY_COPY, 0, 0));
        wasm.export(
                "fill",
                "III:",
                "",
                WasmBuilder.body().get(0).get(1).get(2).op(OpCode.MEMORY_FILL, 0));
        Instance guest = guest(wasm);
        String trap = "trap: out of bounds memory access";
        assertThat(guest.memory().readShort(40)).isEqualTo((short) 0x0909);
        assertThat(Guests.outcome(guest, "init", "", 65534, 0, 4)).isEqualTo("results:");
        assertThat(guest.memory().readInt(65534)).isEqualTo(0x04030201);
        assertThat(Guests.outcome(guest, "init", "", 0, 1, 4)).isEqualTo(trap);
        assertThat(Guests.outcome(guest, "init", "", SIZE - 3, 0, 4)).isEqualTo(trap);
        assertThat(Guests.outcome(guest, "active", "", 0, 0, 1)).isEqualTo(trap);
        assertThat(Guests.outcome(guest, "active", "", 0, 0, 0)).isEqualTo("results:");
        assertThat(Guests.outcome(guest, "copy", "", 65535, 65534, 4)).isEqualTo("results:");
        assertThat(guest.memory().readInt(65535)).isEqualTo(0x04030201);
        assertThat(Guests.outcome(guest, "copy", "", SIZE - 3, 0, 4)).isEqualTo(trap);
        assertThat(Guests.outcome(guest, "copy", "", 0, -1, 1)).isEqualTo(trap);
        assertThat(Guests.outcome(guest, "fill", "", 65530, 0x1AB, 10)).isEqualTo("results:");
        assertThat(guest.memory().readLong(65531)).isEqualTo(0xABABABABABABABABL);
        assertThat(Guests.outcome(guest, "fill", "", SIZE, 1, 0)).isEqualTo("results:");
        assertThat(Guests.outcome(guest, "fill", "", SIZE, 1, 1)).isEqualTo(trap);
        assertThat(Guests.outcome(guest, "drop", "")).isEqualTo("results:");
        assertThat(Guests.outcome(guest, "init", "", 0, 0, 1)).isEqualTo(trap);
    }
}
