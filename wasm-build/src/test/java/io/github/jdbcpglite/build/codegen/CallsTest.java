package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.engine.StackExhausted;
import io.github.jdbcpglite.engine.bytecode.GeneratedMachine;
import io.github.jdbcpglite.engine.bytecode.LongjmpException;
import io.github.jdbcpglite.host.ExitException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Direct calls, imports, calls through the table, longjmp, the end of the stack. */
final class CallsTest {
    private static final FunctionType I_TO_I =
            FunctionType.of(List.of(ValType.I32), List.of(ValType.I32));

    private static WasmBuilder.Body callIndirect(int type) {
        return WasmBuilder.body().get(0).get(1).op(OpCode.CALL_INDIRECT, type, 0);
    }

    /** Functions n + 100 in a table, enough for one chunk or several. */
    private static WasmBuilder tableOf(int count) {
        WasmBuilder wasm = new WasmBuilder();
        int unary = wasm.type("I:I");
        int equal = wasm.duplicateType("I:I");
        int other = wasm.type("II:I");
        int[] entries = new int[count + 1];
        for (int i = 0; i < count; i++) {
            entries[i] =
                    wasm.function(
                            i % 2 == 0 ? unary : equal,
                            "",
                            WasmBuilder.body().get(0).i32(100 + i).op(OpCode.I32_ADD));
        }
        entries[count] =
                wasm.function(other, "", WasmBuilder.body().get(0).get(1).op(OpCode.I32_SUB));
        wasm.table(count + 10).elements(WasmBuilder.body().i32(1), entries);
        wasm.export("table", 1, 0);
        wasm.export("call", "II:I", "", callIndirect(unary));
        return wasm;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 128, 300})
    void callsThroughTheTableAsTheInterpreterDoes(int count) {
        WasmBuilder wasm = tableOf(count);
        Instance actual = Guests.generated(wasm.parse(), Guests.noImports());
        for (int i = 1; i <= count; i++) {
            assertThat(Guests.outcome(actual, "call", "I", 5, i))
                    .isEqualTo("results: " + Integer.toHexString(5 + 100 + i - 1));
        }
        assertThat(Guests.outcome(actual, "call", "I", 5, count + 1))
                .isEqualTo("trap: indirect call type mismatch");
        assertThat(Guests.outcome(actual, "call", "I", 5, 0))
                .isEqualTo("trap: uninitialized element");
        for (int bad : new int[] {count + 10, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(Guests.outcome(actual, "call", "I", 5, bad))
                    .isEqualTo("trap: undefined element");
        }
    }

    @Test
    void callsFunctionsOfOtherInstancesThroughTheTable() {
        Instance main = Guests.generated(tableOf(3).parse(), Guests.noImports());
        WasmBuilder side = new WasmBuilder();
        side.type("D:D");
        int twice =
                side.export(
                        "twice", "I:I", "", WasmBuilder.body().get(0).get(0).op(OpCode.I32_ADD));
        Instance owner = Guests.generated(side.parse(), Guests.noImports());
        TableInstance table = main.exports().table("table");
        int index = table.grow(2, Value.REF_NULL_VALUE, null);
        table.setRef(index, twice, owner);
        assertThat(Guests.outcome(main, "call", "I", 21, index)).isEqualTo("results: 2a");
        table.setRef(index, table.ref(2), table.instance(2));
        assertThat(Guests.outcome(main, "call", "I", 21, index)).isEqualTo("results: 7a");
        table.setRef(index, Value.REF_NULL_VALUE, null);
        assertThat(Guests.outcome(main, "call", "I", 21, index))
                .isEqualTo("trap: uninitialized element");
        Instance second = Guests.generated(tableOf(3).parse(), Guests.noImports());
        assertThat(second.exports().table("table").size())
                .as("limits are not shared")
                .isEqualTo(13);
    }

    @Test
    void tableInstructionsWork() {
        WasmBuilder wasm = tableOf(4);
        wasm.passiveElements(2, 1, 0);
        wasm.export("size", ":I", "", WasmBuilder.body().op(OpCode.TABLE_SIZE, 0));
        wasm.export(
                "init",
                "III:",
                "",
                WasmBuilder.body().get(0).get(1).get(2).op(OpCode.TABLE_INIT, 1, 0));
        wasm.export("drop", ":", "", WasmBuilder.body().op(OpCode.ELEM_DROP, 1));
        wasm.export(
                "copy",
                "III:",
                "",
                WasmBuilder.body().get(0).get(1).get(2).op(OpCode.TABLE_COPY, 0, 0));
        wasm.export(
                "move",
                "II:",
                "",
                WasmBuilder.body().get(0).get(1).op(OpCode.TABLE_GET, 0).op(OpCode.TABLE_SET, 0));
        wasm.export(
                "fill",
                "III:",
                "",
                WasmBuilder.body()
                        .get(0)
                        .get(1)
                        .op(OpCode.TABLE_GET, 0)
                        .get(2)
                        .op(OpCode.TABLE_FILL, 0));
        Instance guest = Guests.generated(wasm.parse(), Guests.noImports());
        assertThat(Guests.outcome(guest, "size", "I")).isEqualTo("results: e");
        assertThat(Guests.outcome(guest, "init", "", 10, 1, 2)).isEqualTo("results:");
        assertThat(Guests.outcome(guest, "call", "I", 0, 10)).isEqualTo("results: 65");
        assertThat(Guests.outcome(guest, "call", "I", 0, 11)).isEqualTo("results: 64");
        assertThat(Guests.outcome(guest, "copy", "", 2, 1, 3)).isEqualTo("results:");
        assertThat(Guests.outcome(guest, "call", "I", 0, 4)).isEqualTo("results: 66");
        assertThat(Guests.outcome(guest, "move", "", 13, 1)).isEqualTo("results:");
        assertThat(Guests.outcome(guest, "call", "I", 0, 13)).isEqualTo("results: 64");
        assertThat(Guests.outcome(guest, "copy", "", 13, 1, 2))
                .isEqualTo("trap: out of bounds table access");
        assertThat(Guests.outcome(guest, "fill", "", 11, 1, 2)).isEqualTo("results:");
        assertThat(Guests.outcome(guest, "call", "I", 0, 12)).isEqualTo("results: 64");
        assertThat(Guests.outcome(guest, "fill", "", 14, 1, 0)).isEqualTo("results:");
        for (int bad : new int[] {13, -1}) {
            assertThat(Guests.outcome(guest, "fill", "", bad, 1, 2))
                    .isEqualTo("trap: out of bounds table access");
        }
        assertThat(Guests.outcome(guest, "drop", "")).isEqualTo("results:");
        assertThat(Guests.outcome(guest, "init", "", 0, 0, 1))
                .isEqualTo("trap: out of bounds table access");
    }

    @Test
    void passesEveryTypeToImportsAndBack() {
        WasmBuilder wasm = new WasmBuilder();
        int imported = wasm.importFunction("f", "IJFD:D");
        wasm.export(
                "f",
                "IJFD:D",
                "",
                WasmBuilder.body().get(0).get(1).get(2).get(3).op(OpCode.CALL, imported));
        wasm.export("g", 0, imported);
        FunctionType type =
                FunctionType.of(
                        List.of(ValType.I32, ValType.I64, ValType.F32, ValType.F64),
                        List.of(ValType.F64));
        ImportValues imports =
                ImportValues.builder()
                        .addFunction(
                                new HostFunction(
                                        "env",
                                        "f",
                                        type,
                                        (instance, args) ->
                                                new long[] {
                                                    Double.doubleToRawLongBits(
                                                            (int) args[0]
                                                                    + args[1]
                                                                    + Float.intBitsToFloat(
                                                                            (int) args[2])
                                                                    + Double.longBitsToDouble(
                                                                            args[3]))
                                                }))
                        .build();
        Instance guest = Guests.generated(wasm.parse(), imports);
        for (String name : List.of("f", "g")) {
            long[] results =
                    guest.export(name)
                            .apply(
                                    -1,
                                    1000,
                                    Float.floatToRawIntBits(0.5f),
                                    Double.doubleToRawLongBits(0.25));
            assertThat(Double.longBitsToDouble(results[0])).isEqualTo(999.75);
        }
    }

    @Test
    void longjmpEndsInTheNearestInvoke() {
        WasmBuilder wasm = new WasmBuilder();
        int invoke = wasm.importFunction("invoke_ii", "II:I");
        int jump = wasm.importFunction("jump", "I:I");
        int stackPointer = wasm.global('I', true, WasmBuilder.body().i32(1000));
        int threw = wasm.global('I', true, WasmBuilder.body().i32(0));
        wasm.export("__stack_pointer", 3, stackPointer);
        wasm.export("threw", 3, threw);
        wasm.export("setThrew", "II:", "", WasmBuilder.body().get(0).op(OpCode.GLOBAL_SET, threw));
        int callee =
                wasm.function(
                        "I:I",
                        "",
                        WasmBuilder.body()
                                .op(OpCode.GLOBAL_GET, stackPointer)
                                .i32(16)
                                .op(OpCode.I32_SUB)
                                .op(OpCode.GLOBAL_SET, stackPointer)
                                .get(0)
                                .op(OpCode.CALL, jump));
        wasm.table(5).elements(WasmBuilder.body().i32(3), callee);
        wasm.export("f", "I:I", "", WasmBuilder.body().i32(3).get(0).op(OpCode.CALL, invoke));
        ImportValues imports =
                ImportValues.builder()
                        .addFunction(
                                new HostFunction(
                                        "env",
                                        "invoke_ii",
                                        FunctionType.of(
                                                List.of(ValType.I32, ValType.I32),
                                                List.of(ValType.I32)),
                                        (instance, args) -> {
                                            throw new AssertionError("generated code does this");
                                        }),
                                new HostFunction("env", "jump", I_TO_I, CallsTest::jump))
                        .build();
        Instance guest = Guests.generated(wasm.parse(), imports);
        assertThat(guest.export("f").apply(7)).containsExactly(14);
        assertThat(guest.exports().global("__stack_pointer").getValue()).isEqualTo(984);
        assertThat(guest.export("f").apply(0)).containsExactly(0);
        assertThat(guest.exports().global("__stack_pointer").getValue()).isEqualTo(984);
        assertThat(guest.exports().global("threw").getValue()).isEqualTo(1);
        assertThatThrownBy(() -> guest.export("f").apply(99)).isInstanceOf(ExitException.class);
        assertThat(guest.exports().global("__stack_pointer").getValue()).isEqualTo(968);
    }

    private static long[] jump(Instance instance, long... args) {
        if (args[0] == 0) {
            throw LongjmpException.INSTANCE;
        }
        if (args[0] == 99) {
            throw new ExitException(1);
        }
        return new long[] {args[0] * 2};
    }

    @Test
    void endlessRecursionIsATrapAndTheGuestRunsOn() {
        WasmBuilder wasm = new WasmBuilder();
        int self = wasm.importFunction("unused", ":") + 1;
        wasm.export(
                "f",
                "I:I",
                "",
                WasmBuilder.body()
                        .get(0)
                        .op(OpCode.I32_EQZ)
                        .block(OpCode.IF, "")
                        .i32(5)
                        .op(OpCode.RETURN)
                        .end()
                        .get(0)
                        .op(OpCode.CALL, self)
                        .i32(1)
                        .op(OpCode.I32_ADD));
        ImportValues imports =
                ImportValues.builder()
                        .addFunction(
                                new HostFunction(
                                        "env",
                                        "unused",
                                        FunctionType.empty(),
                                        (instance, args) -> new long[0]))
                        .build();
        Instance guest = Guests.generated(wasm.parse(), imports);
        assertThatThrownBy(() -> guest.export("f").apply(1)).isInstanceOf(StackExhausted.class);
        assertThat(guest.export("f").apply(0)).containsExactly(5);
    }

    @Test
    void globalsAreReadAndSetFromOutside() {
        WasmBuilder wasm = new WasmBuilder();
        int imported = wasm.importGlobal("base", 'I', false);
        int stackPointer = wasm.global('I', true, WasmBuilder.body().i32(4096));
        int big = wasm.global('J', true, WasmBuilder.body().i64(1L << 40));
        int real = wasm.global('D', true, WasmBuilder.body().constant('D', 0x3FF0000000000000L));
        int fixed = wasm.global('I', false, WasmBuilder.body().i32(-7));
        int copied = wasm.global('I', false, WasmBuilder.body().op(OpCode.GLOBAL_GET, imported));
        wasm.export("__stack_pointer", 3, stackPointer).export("big", 3, big);
        wasm.export("real", 3, real);
        wasm.export(
                "sum",
                ":I",
                "",
                WasmBuilder.body()
                        .op(OpCode.GLOBAL_GET, fixed)
                        .op(OpCode.GLOBAL_GET, copied)
                        .op(OpCode.I32_ADD)
                        .op(OpCode.GLOBAL_GET, imported)
                        .op(OpCode.I32_ADD));
        wasm.export(
                "set",
                "IJD:",
                "",
                WasmBuilder.body()
                        .get(0)
                        .op(OpCode.GLOBAL_SET, stackPointer)
                        .get(1)
                        .op(OpCode.GLOBAL_SET, big)
                        .get(2)
                        .op(OpCode.GLOBAL_SET, real));
        ImportValues imports =
                ImportValues.builder()
                        .addGlobal(
                                new ImportGlobal("env", "base", new GlobalInstance(Value.i32(50))))
                        .build();
        Instance guest = Guests.generated(wasm.parse(), imports);
        assertThat(guest.exports().global("big").getValue()).isEqualTo(1L << 40);
        assertThat(guest.export("sum").apply()).containsExactly(93);
        guest.export("set").apply(-1, 77, Double.doubleToRawLongBits(2.5));
        GeneratedMachine machine = (GeneratedMachine) guest.getMachine();
        assertThat(machine.mutableGlobals())
                .containsExactly(-1, 77, Double.doubleToRawLongBits(2.5));
        assertThat(machine.context().stackPointer).isEqualTo(-1);
        machine.mutableGlobals(new long[] {8, 9, 10});
        assertThat(guest.exports().global("__stack_pointer").getValue()).isEqualTo(8);
        guest.exports().global("big").setValue(12);
        assertThat(machine.mutableGlobals()).containsExactly(8, 12, 10);
        assertThatThrownBy(() -> machine.mutableGlobals(new long[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sideModulesMoveTheMainModulesStackPointer() {
        WasmBuilder main = new WasmBuilder();
        int own = main.global('I', true, WasmBuilder.body().i32(4096));
        main.export("__stack_pointer", 3, own);
        main.export("get", ":I", "", WasmBuilder.body().op(OpCode.GLOBAL_GET, own));
        Instance guest = Guests.generated(main.parse(), Guests.noImports());
        WasmBuilder side = new WasmBuilder();
        int shared = side.importGlobal("__stack_pointer", 'I', true);
        int offset = side.importGlobal("symbol", 'I', true);
        side.export(
                "push",
                ":I",
                "",
                WasmBuilder.body()
                        .op(OpCode.GLOBAL_GET, shared)
                        .i32(16)
                        .op(OpCode.I32_SUB)
                        .op(OpCode.GLOBAL_SET, shared)
                        .op(OpCode.GLOBAL_GET, offset));
        var symbol = new GlobalInstance(0, 0, ValType.I32, MutabilityType.Var);
        ImportValues imports =
                ImportValues.builder()
                        .addGlobal(
                                new ImportGlobal(
                                        "env",
                                        "__stack_pointer",
                                        guest.exports().global("__stack_pointer")),
                                new ImportGlobal("env", "symbol", symbol))
                        .build();
        Instance library = Guests.generated(side.parse(), imports);
        symbol.setValue(123);
        assertThat(library.export("push").apply()).containsExactly(123);
        assertThat(guest.export("get").apply()).containsExactly(4080);
    }
}
