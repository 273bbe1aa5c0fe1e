package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.bytecode.GeneratedMachine;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.engine.bytecode.InitialInstance;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.engine.description.DescriptionCodec;
import io.github.jdbcpglite.engine.description.ModuleDescription;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Instances made from a stored template answer as the captured one does. */
final class InitialInstanceTest {
    private static final FunctionType UNARY =
            FunctionType.of(List.of(ValType.I32), List.of(ValType.I32));

    /** A module with an import, a table, globals of both kinds and exports that use them. */
    private static WasmBuilder module() {
        WasmBuilder wasm = new WasmBuilder();
        int unary = wasm.type("I:I");
        wasm.importFunction("host", "I:I");
        int constant = wasm.global('I', false, WasmBuilder.body().i32(1000));
        int counter = wasm.global('I', true, WasmBuilder.body().i32(7));
        wasm.export("data", 3, constant).export("__stack_pointer", 3, counter);
        int addTen = wasm.function(unary, "", WasmBuilder.body().get(0).i32(10).op(OpCode.I32_ADD));
        int viaHost = wasm.function(unary, "", WasmBuilder.body().get(0).op(OpCode.CALL, 0));
        int other = wasm.function("J:J", "", WasmBuilder.body().get(0));
        wasm.table(5).elements(WasmBuilder.body().i32(1), addTen, viaHost, other);
        wasm.export(
                "call",
                "II:I",
                "",
                WasmBuilder.body().get(0).get(1).op(OpCode.CALL_INDIRECT, unary, 0));
        wasm.export(
                "next",
                ":I",
                "",
                WasmBuilder.body()
                        .op(OpCode.GLOBAL_GET, counter)
                        .i32(1)
                        .op(OpCode.I32_ADD)
                        .op(OpCode.GLOBAL_SET, counter)
                        .op(OpCode.GLOBAL_GET, counter)
                        .op(OpCode.GLOBAL_GET, constant)
                        .op(OpCode.I32_ADD));
        return wasm;
    }

    private static ImportValues imports() {
        return ImportValues.builder()
                .addFunction(
                        new HostFunction("env", "host", UNARY, (instance, args) -> times(2, args)))
                .build();
    }

    private static long[] times(int factor, long[] args) {
        return new long[] {factor * args[0]};
    }

    private static InitialInstance stored(ModuleDescription template) throws IOException {
        return new InitialInstance(DescriptionCodec.read(ByteBuffer.wrap(bytes(template))));
    }

    private static byte[] bytes(ModuleDescription template) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DescriptionCodec.write(template, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static GeneratedMachine instance(
            Instance captured, InitialInstance template, int factor) {
        Class<?> machineClass = captured.getMachine().getClass();
        GeneratedMachine machine =
                GeneratedModules.machines(machineClass.getName(), machineClass.getClassLoader())
                        .get();
        WasmFunctionHandle host = (instance, args) -> times(factor, args);
        template.instantiate(
                machine,
                new PagedLinearMemory(1, LinearMemory.MAX_PAGES),
                new WasmFunctionHandle[] {host});
        return machine;
    }

    private static int call(
            GeneratedMachine instance, InitialInstance template, String name, long... args) {
        long[] results = instance.call(template.exports().function(name), args);
        return (int) Objects.requireNonNull(results)[0];
    }

    @Test
    void instancesHaveTheTableTheGlobalsAndImportsOfTheirOwn() throws IOException {
        Instance captured = Guests.generated(module().parse(), imports());
        InitialInstance template = stored(InitialInstance.capture(captured));
        assertThat(captured.export("next").apply()).containsExactly(1008);
        GeneratedMachine first = instance(captured, template, 3);
        GeneratedMachine second = instance(captured, template, 4);
        assertThat(call(first, template, "call", 5, 1)).isEqualTo(15);
        assertThat(call(first, template, "call", 5, 2)).isEqualTo(15);
        assertThat(call(second, template, "call", 5, 2)).isEqualTo(20);
        assertThat(call(first, template, "next")).isEqualTo(1008);
        assertThat(call(first, template, "next")).isEqualTo(1009);
        assertThat(call(second, template, "next")).isEqualTo(1008);
        for (int bad : new int[] {0, 3, 4, 5, -1}) {
            String expected = Guests.outcome(captured, "call", "I", 5, bad);
            assertThat(expected).startsWith("trap");
            assertThatThrownBy(() -> call(first, template, "call", 5, bad))
                    .hasMessageStartingWith(expected.substring("trap: ".length()));
        }
    }

    /** As a library's. */
    @Test
    void anotherModuleCallsThroughItsTable() throws IOException {
        Instance captured = Guests.generated(module().parse(), imports());
        InitialInstance template = stored(InitialInstance.capture(captured));
        GeneratedMachine machine = instance(captured, template, 3);
        machine.context();
        WasmBuilder library = new WasmBuilder();
        int unary = library.type("I:I");
        library.importTable(5);
        int addOne =
                library.function(unary, "", WasmBuilder.body().get(0).i32(1).op(OpCode.I32_ADD));
        library.elements(WasmBuilder.body().i32(4), addOne);
        library.export(
                "call",
                "II:I",
                "",
                WasmBuilder.body().get(0).get(1).op(OpCode.CALL_INDIRECT, unary, 0));
        ImportTable table = new ImportTable("env", "table", machine.table(0).view());
        Instance linked =
                Guests.generated(library.parse(), ImportValues.builder().addTable(table).build());
        assertThat(linked.export("call").apply(5, 1)).containsExactly(15);
        assertThat(linked.export("call").apply(5, 4)).containsExactly(6);
        assertThat(call(machine, template, "call", 5, 4)).isEqualTo(6);
        assertThat(Guests.outcome(linked, "call", "I", 5, 3)).startsWith("trap");
    }

    @Test
    void namesAndTypesAreKept() throws IOException {
        Instance captured = Guests.generated(module().parse(), imports());
        InitialInstance template = stored(InitialInstance.capture(captured));
        assertThat(template.imports())
                .containsExactly(new ModuleDescription.ImportedFunction("host", 0));
        assertThat(template.type(0)).isEqualTo(UNARY);
        assertThat(template.exports().address("data")).isEqualTo(1000);
        assertThat(template.exports().address("none")).isNull();
        assertThat(template.exports().function("none")).isEqualTo(-1);
        assertThat(template.exports().stackPointer()).isEqualTo(1);
    }

    @Test
    void aTemplateThatEndsEarlyIsRefused() throws IOException {
        ModuleDescription template =
                InitialInstance.capture(Guests.generated(module().parse(), imports()));
        byte[] bytes = bytes(template);
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
        assertThatThrownBy(() -> DescriptionCodec.read(ByteBuffer.wrap(cut)))
                .isInstanceOf(BufferUnderflowException.class);
    }

    @Test
    void passiveSegmentsAreRefused() {
        WasmBuilder wasm = module();
        wasm.passiveElements(1);
        Instance instance = Guests.generated(wasm.parse(), imports());
        assertThatThrownBy(() -> InitialInstance.capture(instance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("passive");
    }
}
