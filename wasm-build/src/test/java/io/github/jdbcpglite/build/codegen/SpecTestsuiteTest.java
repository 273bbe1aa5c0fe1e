package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.OpCode;
import io.github.jdbcpglite.build.spec.SpecScript;
import io.github.jdbcpglite.build.spec.SpecScripts;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The WebAssembly specification's own testsuite, as far as it is about instructions, with generated
 * code. {@code src/test/resources/spec/README.md} says where it is from.
 */
final class SpecTestsuiteTest {
    private static final int SHOWN = 10;

    /** The first opcode of the vector instructions, which the toolkit does not have. */
    private static final int VECTORS = 0xFD00;

    /** What the scripts lack and {@link CallsTest} and {@link NumericInstructionsTest} have. */
    private static final Set<OpCode> TRIED_ELSEWHERE =
            EnumSet.of(
                    OpCode.SELECT_T,
                    OpCode.TABLE_INIT,
                    OpCode.ELEM_DROP,
                    OpCode.TABLE_COPY,
                    OpCode.TABLE_FILL);

    @TestFactory
    Stream<DynamicTest> everyAssertionHolds() throws IOException {
        return SpecScripts.all().entrySet().stream()
                .map(
                        script ->
                                DynamicTest.dynamicTest(
                                        script.getKey(),
                                        () -> check(script.getKey(), script.getValue())));
    }

    private static void check(String name, List<String> lines) {
        SpecScript script = new SpecScript(name, new GeneratedSpecEngine());
        List<String> failures = script.run(lines);
        assertThat(failures.stream().limit(SHOWN)).as("%d failures", failures.size()).isEmpty();
        assertThat(script.assertions()).as("assertions").isPositive();
    }

    /** A module with any other instruction is refused when it is parsed or generated. */
    @Test
    void everyInstructionOfTheToolkitIsTried() throws IOException {
        Set<Integer> tried = new HashSet<>();
        for (List<String> script : SpecScripts.all().values()) {
            for (byte[] module : SpecScript.modules(script)) {
                addInstructions(WasmModule.parse(module), tried);
            }
        }
        NumericInstructionsTest.instructions().map(OpCode::opcode).forEach(tried::add);
        TRIED_ELSEWHERE.stream().map(OpCode::opcode).forEach(tried::add);
        assertThat(OpCode.values())
                .filteredOn(op -> op.opcode() < VECTORS && Opcodes.isKnown(op.opcode()))
                .filteredOn(op -> !tried.contains(op.opcode()))
                .isEmpty();
    }

    private static void addInstructions(WasmModule module, Set<Integer> opcodes) {
        for (int i = module.importedFunctionCount(); i < module.functionCount(); i++) {
            for (Instruction instruction : InstructionDecoder.decode(module.body(i).code())) {
                opcodes.add(instruction.op());
            }
        }
    }
}
