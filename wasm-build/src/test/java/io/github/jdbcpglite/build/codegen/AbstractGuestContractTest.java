package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.types.OpCode;
import io.github.jdbcpglite.engine.AddressFault;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.Linkage;
import io.github.jdbcpglite.engine.LinkedModule;
import io.github.jdbcpglite.engine.Signature;
import io.github.jdbcpglite.engine.StackExhausted;
import io.github.jdbcpglite.engine.Trap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What guests of every engine do, sentence by sentence; each engine has a subclass. */
@Timeout(120)
abstract class AbstractGuestContractTest {
    private static final int STACK_TOP = 4096;
    private static final int FRAME = 16;
    private static final int IN_TABLE = 3;
    private static final int FAULTS = 2_000;
    private static final int LIBRARY_DATA = 8192;

    /** Ends a guest as {@code exit} does. */
    private static final class Ending extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final WasmBuilder wasm = new WasmBuilder();
    private final Map<String, HostFunction> imports = new HashMap<>();
    private final int invoke = wasm.importFunction("invoke_ii", "II:I");
    private final int longjmp = wasm.importFunction("_emscripten_throw_longjmp", ":");
    private final int host = wasm.importFunction("host", "I:I");
    private final int absent = wasm.importFunction("absent", ":");
    private final int stackPointer;
    private final int threw;

    AbstractGuestContractTest() {
        wasm.importMemory(1);
        stackPointer = wasm.global('I', true, WasmBuilder.body().i32(STACK_TOP));
        threw = wasm.global('I', true, WasmBuilder.body().i32(0));
        wasm.export("__stack_pointer", 3, stackPointer);
        WasmBuilder.Body set = WasmBuilder.body().get(0).op(OpCode.GLOBAL_SET, threw);
        wasm.export("setThrew", "II:", "", set);
        wasm.export("threw", ":I", "", WasmBuilder.body().op(OpCode.GLOBAL_GET, threw));
        wasm.export("callHost", "I:I", "", WasmBuilder.body().get(0).op(OpCode.CALL, host));
        wasm.export("double", "I:I", "", WasmBuilder.body().get(0).get(0).op(OpCode.I32_ADD));
        wasm.export("trap", ":", "", WasmBuilder.body().op(OpCode.UNREACHABLE));
        wasm.export("jump", ":", "", WasmBuilder.body().op(OpCode.CALL, longjmp));
        wasm.export("callAbsent", ":", "", WasmBuilder.body().op(OpCode.CALL, absent));
        wasm.export("load", "I:I", "", WasmBuilder.body().get(0).op(OpCode.I32_LOAD, 2, 0));
        WasmBuilder.Body store = WasmBuilder.body().get(0).get(1).op(OpCode.I32_STORE, 2, 0);
        wasm.export("store", "II:", "", store);
        wasm.export("grow", "I:I", "", WasmBuilder.body().get(0).op(OpCode.MEMORY_GROW, 0));
        wasm.export("divide", "II:I", "", WasmBuilder.body().get(0).get(1).op(OpCode.I32_DIV_S));
        addRecursion();
        int callee = wasm.function("I:I", "", framed().get(0).op(OpCode.CALL, host));
        wasm.table(5).elements(WasmBuilder.body().i32(IN_TABLE), callee);
        wasm.export("__indirect_function_table", 1, 0);
        wasm.export(
                "invoke",
                "I:I",
                "",
                WasmBuilder.body().i32(IN_TABLE).get(0).op(OpCode.CALL, invoke));
        wasm.activeData(64, new byte[] {1, 2, 3, 4});
    }

    /** Takes a frame of the guest's stack, which nothing gives back. */
    private WasmBuilder.Body framed() {
        return WasmBuilder.body()
                .op(OpCode.GLOBAL_GET, stackPointer)
                .i32(FRAME)
                .op(OpCode.I32_SUB)
                .op(OpCode.GLOBAL_SET, stackPointer);
    }

    private void addRecursion() {
        int self = absent + 1 + 11;
        int index =
                wasm.export(
                        "recurse",
                        "I:I",
                        "",
                        WasmBuilder.body()
                                .get(0)
                                .block(OpCode.IF, "I")
                                .get(0)
                                .op(OpCode.CALL, self)
                                .i32(1)
                                .op(OpCode.I32_ADD)
                                .op(OpCode.ELSE)
                                .i32(5)
                                .end());
        assertThat(index).as("it calls itself").isEqualTo(self);
    }

    /** Makes an instance of a module; its memory is new. */
    abstract Guest instantiate(WasmBuilder module, Map<String, HostFunction> hostFunctions);

    /** Makes another instance of the same module over memory frozen from the first. */
    abstract Guest fork(Guest parent, Map<String, HostFunction> hostFunctions);

    /** Makes a library of a module. */
    abstract LibraryModule library(WasmBuilder module);

    private Guest guest(HostFunction function) {
        imports.put("host", function);
        return instantiate(wasm, imports);
    }

    private static void stillWorks(Guest guest) {
        assertThat(guest.call("double", 21)).isEqualTo(42);
    }

    @Test
    void aHostFunctionIsToldWhoCallsAndMayCallBack() {
        Guest[] seen = new Guest[1];
        Guest guest =
                guest(
                        (caller, args) -> {
                            seen[0] = caller;
                            caller.memory().putInt(128, (int) args[0]);
                            return caller.call("double", args[0]);
                        });
        assertThat(guest.call("callHost", 4)).isEqualTo(8);
        assertThat(seen[0]).isSameAs(guest);
        assertThat(guest.call("load", 128)).isEqualTo(4);
    }

    @Test
    void whatAHostFunctionThrowsPassesThroughAllFrames() {
        Ending ending = new Ending();
        Guest guest =
                guest(
                        (caller, args) -> {
                            if (args[0] == 0) {
                                throw ending;
                            }
                            return caller.call("invoke", args[0] - 1);
                        });
        assertThatThrownBy(() -> guest.call("callHost", 3)).isSameAs(ending);
        assertThat(guest.call("threw")).as("no invoke has taken it for a jump").isZero();
        assertThat(guest.stackPointer()).isEqualTo(STACK_TOP - 3 * FRAME);
        stillWorks(guest);
    }

    @Test
    void aTrapPassesThroughHostFunctions() {
        Guest guest = guest((caller, args) -> caller.call("trap"));
        assertThatThrownBy(() -> guest.call("callHost", 3)).isInstanceOf(Trap.class);
        assertThatThrownBy(() -> guest.call("invoke", 3)).isInstanceOf(Trap.class);
        assertThat(guest.call("threw")).isZero();
        stillWorks(guest);
    }

    @Test
    void aJumpEndsInTheNearestInvokeAlsoThroughHostFunctions() {
        Guest guest = guest((caller, args) -> caller.call("jump"));
        assertThat(guest.call("invoke", 3)).isZero();
        assertThat(guest.call("threw")).isEqualTo(1);
        assertThat(guest.stackPointer()).isEqualTo(STACK_TOP);
        stillWorks(guest);
    }

    @Test
    void aJumpWithoutAnInvokeLeavesTheGuest() {
        Guest guest = guest((caller, args) -> 0);
        assertThatThrownBy(() -> guest.call("jump")).isInstanceOf(RuntimeException.class);
        stillWorks(guest);
    }

    @Test
    void endlessRecursionIsATrapAndTheGuestRunsOn() {
        Guest guest = guest((caller, args) -> 0);
        assertThatThrownBy(() -> guest.call("recurse", 1)).isInstanceOf(StackExhausted.class);
        assertThat(guest.call("recurse", 0)).isEqualTo(5);
    }

    @Test
    void theStackProbeSaysNoBeforeTheStackEnds() {
        Guest guest = guest((caller, args) -> caller.stackProbe().isExhausted(1 << 20) ? 1 : 0);
        assertThat(guest.stackProbe()).isSameAs(guest.stackProbe());
        guest.stackProbe().atBottom();
        assertThat(guest.call("callHost", 0)).isZero();
    }

    @Test
    void wrongAddressesAndDivisionsAreTraps() {
        Guest guest = guest((caller, args) -> 0);
        int end = guest.memory().pages() * LinearMemory.PAGE_SIZE;
        for (int address : new int[] {end, end - 3, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> guest.call("load", address)).isInstanceOf(AddressFault.class);
            assertThatThrownBy(() -> guest.call("store", address, 1))
                    .isInstanceOf(AddressFault.class);
        }
        assertThatThrownBy(() -> guest.call("divide", 1, 0))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("divide by zero");
        assertThatThrownBy(() -> guest.call("divide", Integer.MIN_VALUE, -1))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("overflow");
        stillWorks(guest);
    }

    /** With the JVM's own faults between them: its null checks are of the same kind. */
    @Test
    @SuppressWarnings("NullAway") // the null is meant
    void faultsAreTrapsHoweverManyThereAre() {
        int[] one = {1};
        int nulls = 0;
        Guest guest =
                guest(
                        (caller, args) -> {
                            if ((int) args[0] < 0) {
                                throw new Ending();
                            }
                            return caller.call("load", args[0]);
                        });
        for (int i = 0; i < FAULTS; i++) {
            int dividend = i;
            int address = Integer.MIN_VALUE + 4 * i;
            assertThatThrownBy(() -> guest.call("load", address)).isInstanceOf(AddressFault.class);
            assertThatThrownBy(() -> guest.call("callHost", -1)).isInstanceOf(Ending.class);
            assertThatThrownBy(() -> guest.call("callHost", 0x7FFF_FFF0)).isInstanceOf(Trap.class);
            assertThatThrownBy(() -> guest.call("divide", dividend, 0)).isInstanceOf(Trap.class);
            int[] absent = i % 2 == 0 ? null : one;
            try {
                one[0] = Math.max(absent[0], one[0]);
            } catch (NullPointerException e) {
                nulls++;
            }
        }
        assertThat(nulls).isEqualTo(FAULTS / 2);
        stillWorks(guest);
    }

    @Test
    void growthIsSeenOnBothSides() {
        Guest guest = guest((caller, args) -> caller.memory().grow((int) args[0]));
        int before = guest.memory().pages();
        assertThat(guest.call("grow", 2)).isEqualTo(before);
        assertThat(guest.memory().pages()).isEqualTo(before + 2);
        assertThat(guest.call("callHost", 1)).isEqualTo(before + 2);
        int last = (before + 3) * LinearMemory.PAGE_SIZE - 4;
        guest.call("store", last, 77);
        assertThat(guest.memory().getInt(last)).isEqualTo(77);
    }

    @Test
    void aForkHasWhatItsParentHadAndNothingOfWhatFollows() {
        Guest parent = guest((caller, args) -> 0);
        assertThat(parent.memory().getInt(64)).as("its data").isEqualTo(0x04030201);
        parent.call("store", 200, 1);
        parent.stackPointer(STACK_TOP - 64);
        Guest child = fork(parent, imports);
        child.stackPointer(parent.stackPointer());
        child.call("store", 204, 2);
        parent.call("store", 200, 3);
        assertThat(child.call("load", 200)).isEqualTo(1);
        assertThat(parent.call("load", 204)).isZero();
        assertThat(child.stackPointer()).isEqualTo(STACK_TOP - 64);
        assertThat(child.call("invoke", 1)).isZero();
    }

    /**
     * A library with 4 bytes of data and 4 that its start clears: {@code call} calls, in turn, what
     * its three imports are bound to; the table holds the first one, and {@code own}.
     */
    private LibraryModule library() {
        WasmBuilder wasm = new WasmBuilder();
        int ofMain = wasm.importFunction("of_main", "I:I");
        int ofHost = wasm.importFunction("of_host", "I:I");
        int ofItself = wasm.importFunction("own", "I:I");
        wasm.importMemory(1).importTable("__indirect_function_table", 0).dylink(8, 2);
        int memoryBase = wasm.importGlobal("__memory_base", 'I', false);
        int tableBase = wasm.importGlobal("__table_base", 'I', false);
        int own =
                wasm.export("own", "I:I", "", WasmBuilder.body().get(0).i32(1).op(OpCode.I32_ADD));
        WasmBuilder.Body all = WasmBuilder.body().get(0);
        for (int callee : new int[] {ofMain, ofHost, ofItself}) {
            all.op(OpCode.CALL, callee);
        }
        wasm.export("call", "I:I", "", all);
        wasm.elements(WasmBuilder.body().op(OpCode.GLOBAL_GET, tableBase), ofMain, own);
        wasm.activeData(
                WasmBuilder.body().op(OpCode.GLOBAL_GET, memoryBase), new byte[] {5, 6, 7, 8});
        int clear =
                wasm.function(
                        ":",
                        "",
                        WasmBuilder.body()
                                .op(OpCode.GLOBAL_GET, memoryBase)
                                .i32(4)
                                .op(OpCode.I32_ADD)
                                .i32(0)
                                .i32(4)
                                .op(OpCode.MEMORY_FILL, 0));
        wasm.start(clear);
        return library(wasm);
    }

    private static Linkage linkage(Guest guest, int tableBase, boolean dataPresent) {
        return new Linkage(
                LIBRARY_DATA,
                tableBase,
                Map.of(
                        "of_main",
                        new Linkage.OfModule(guest.main(), guest.main().function("double")),
                        "of_host",
                        new Linkage.OfHost((caller, args) -> args[0] + 100)),
                dataPresent);
    }

    @Test
    void aLibraryCallsWhatItIsLinkedToAndSoDoesTheTable() {
        LibraryModule library = library();
        assertThat(library.room()).isEqualTo(new LibraryModule.Room(8, 16, 2));
        Guest guest = guest((caller, args) -> 0);
        guest.memory().putInt(LIBRARY_DATA + 4, -1);
        int tableBase = guest.table().grow(2);
        LinkedModule linked = guest.link(library, linkage(guest, tableBase, false));
        assertThat(guest.memory().getLong(LIBRARY_DATA)).isEqualTo(0x08070605);
        assertThat(linked.call(linked.function("call"), 4)).isEqualTo(109);
        assertThat(guest.callIndirect(tableBase, 4)).as("an imported function").isEqualTo(8);
        assertThat(guest.callIndirect(tableBase + 1, 4)).isEqualTo(5);
        assertThat(guest.table().module(tableBase + 1)).isSameAs(linked);
    }

    @Test
    void aLibraryThatIsLinkedAgainKeepsItsData() {
        LibraryModule library = library();
        Guest parent = guest((caller, args) -> 0);
        int tableBase = parent.table().grow(2);
        parent.link(library, linkage(parent, tableBase, false));
        parent.memory().putLong(LIBRARY_DATA, 0x1122334455667788L);
        Guest child = fork(parent, imports);
        assertThat(child.table().grow(2)).isEqualTo(tableBase);
        LinkedModule again = child.link(library, linkage(child, tableBase, true));
        assertThat(child.memory().getLong(LIBRARY_DATA)).isEqualTo(0x1122334455667788L);
        assertThat(again.call(again.function("call"), 4)).isEqualTo(109);
    }

    @Test
    void anImportThatIsAbsentFailsByNameWhenItIsCalled() {
        Guest guest = guest((caller, args) -> 0);
        assertThatThrownBy(() -> guest.call("callAbsent"))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("absent");
        assertThatThrownBy(() -> guest.call("nowhere"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nowhere");
        stillWorks(guest);
    }

    @Test
    void theTableHoldsFunctionsOfBothSides() {
        Guest guest = guest((caller, args) -> args[0]);
        Signature unary = new Signature(List.of(Signature.Type.I32), List.of(Signature.Type.I32));
        int pointer = guest.addFunction(unary, (caller, args) -> args[0] + 1);
        assertThat(guest.callIndirect(pointer, 41)).isEqualTo(42);
        assertThat(guest.callIndirect(IN_TABLE, 6)).isEqualTo(6);
        assertThat(guest.table().isEmpty(0)).isTrue();
        assertThat(guest.table().module(IN_TABLE)).isSameAs(guest.main());
        assertThat(guest.table().module(pointer)).isNull();
        int base = guest.table().grow(2);
        guest.table().set(base + 1, guest.main(), guest.main().function("double"));
        assertThat(guest.callIndirect(base + 1, 4)).isEqualTo(8);
        assertThatThrownBy(() -> guest.callIndirect(base)).isInstanceOf(Trap.class);
        assertThatThrownBy(() -> guest.callIndirect(-1)).isInstanceOf(Trap.class);
    }
}
