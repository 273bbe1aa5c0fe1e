package io.github.jdbcpglite.build.nativecode;

import static io.github.jdbcpglite.build.wasm.ValType.F64;
import static io.github.jdbcpglite.build.wasm.ValType.I32;
import static io.github.jdbcpglite.build.wasm.ValType.I64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.wasm.ByteWriter;
import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Global;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

final class TranslatorTest {
    private final WasmModule module = new WasmModule();

    private SortedMap<String, String> translate(TranslatorOptions options) {
        return Translator.translate(module.toBytes(), options);
    }

    private String functions() {
        return Objects.requireNonNull(
                translate(TranslatorOptions.main("test")).get("functions_000.c"));
    }

    private int function(FuncType type, List<ValType> locals, Instruction... code) {
        return module.addFunction(
                type, new FunctionBody(locals, InstructionDecoder.encode(List.of(code))));
    }

    private void importFunction(String name, FuncType type) {
        int index = module.typeIndex(type);
        module.addImport(
                new Import(
                        "env",
                        name,
                        ExternalKind.FUNCTION,
                        index,
                        new ByteWriter().u32(index).toBytes()));
    }

    private void importStackPointer() {
        byte[] mutable = {(byte) I32.code(), 1};
        module.addImport(new Import("env", "__stack_pointer", ExternalKind.GLOBAL, -1, mutable));
    }

    private static final FuncType NONE = new FuncType(List.of(), List.of());
    private static final FuncType UNARY = new FuncType(List.of(I32), List.of(I32));

    @Test
    void functionsAreNamedAfterExports() {
        int function = function(UNARY, List.of(), Instruction.of(0x20, 0), Instruction.of(0x0B));
        module.addExport(new Export("twice", ExternalKind.FUNCTION, function));

        assertThat(functions()).contains("u32 twice_0(context *c, u32 l0) {\n  return l0;\n}");
    }

    @Test
    void anOperandKeepsTheValueThatItsLocalHad() {
        function(
                UNARY,
                List.of(),
                Instruction.of(Opcodes.LOCAL_GET, 0),
                Instruction.of(Opcodes.I32_CONST, 7),
                Instruction.of(Opcodes.LOCAL_SET, 0),
                Instruction.of(Opcodes.END));

        assertThat(functions()).contains("  i0 = l0;\n  l0 = 7u;\n  return i0;\n");
    }

    @Test
    void codeThatIsNotReachedIsLeftOut() {
        function(
                UNARY,
                List.of(),
                Instruction.of(Opcodes.BLOCK, -64),
                Instruction.of(Opcodes.BR, 0),
                Instruction.of(Opcodes.LOOP, -64),
                Instruction.of(Opcodes.UNREACHABLE),
                Instruction.of(Opcodes.END),
                Instruction.of(Opcodes.END),
                Instruction.of(Opcodes.LOCAL_GET, 0),
                Instruction.of(Opcodes.END));

        assertThat(functions())
                .contains("{\n  goto L0;\nL0:;\n  return l0;\n}")
                .doesNotContain("UNREACHABLE");
    }

    @Test
    void onlyFunctionsThatCallLookAtTheStack() {
        function(NONE, List.of(), Instruction.of(Opcodes.END));
        function(NONE, List.of(), Instruction.of(Opcodes.CALL, 0), Instruction.of(Opcodes.END));

        assertThat(functions())
                .contains("void f_0(context *c) {\n  return;\n}")
                .contains("void f_1(context *c) {\n  CHECK_STACK;\n  f_0(c);\n  return;\n}");
    }

    @Test
    void globalsOfAMainModuleLieInTheContext() {
        importStackPointer();
        module.addGlobal(Global.mutableZero(I64));
        byte[] seven = {Opcodes.I32_CONST, 7, Opcodes.END};
        module.addGlobal(new Global(I32, false, seven));
        function(
                new FuncType(List.of(), List.of(I32)),
                List.of(),
                Instruction.of(Opcodes.I64_CONST, -1),
                Instruction.of(Opcodes.GLOBAL_SET, 1),
                Instruction.of(Opcodes.GLOBAL_GET, 2),
                Instruction.of(Opcodes.GLOBAL_SET, 0),
                Instruction.of(Opcodes.GLOBAL_GET, 0),
                Instruction.of(Opcodes.END));

        assertThat(functions())
                .contains("GLOBAL(u64, 1) = 0xffffffffffffffffull;\n  c->stack_pointer = 7u;\n")
                .contains("i0 = c->stack_pointer;");
        assertThat(translate(TranslatorOptions.main("test")).get("module.h"))
                .contains("(*(type *)&c->globals[index])");
    }

    @Test
    void aLibraryCallsWhatItsImportsAreBoundTo() {
        byte[] name = "dylink.0".getBytes(StandardCharsets.US_ASCII);
        module.addRawSection(0, new ByteWriter().u8(name.length).raw(name).toBytes());
        importFunction("palloc", UNARY);
        importFunction("invoke_v", new FuncType(List.of(I32), List.of()));
        function(
                NONE,
                List.of(),
                Instruction.of(Opcodes.I32_CONST, 1),
                Instruction.of(Opcodes.CALL, 0),
                Instruction.of(Opcodes.CALL, 1),
                Instruction.of(Opcodes.END));

        SortedMap<String, String> library = translate(TranslatorOptions.library("some-lib"));

        assertThat(library.get("functions_000.c"))
                .contains("i0 = IMPORT(type_i_i, 0)(c, 1u);\n  some_lib__invoke_v_1(c, i0);");
        assertThat(library.get("module.c"))
                .contains("const module jdbcpglite_module_some_lib =")
                .contains(".name = \"some-lib\"")
                .contains("after_longjmp(c, stack_pointer);")
                .doesNotContain("static u32 callback_");
        assertThat(translate(TranslatorOptions.main("main")).get("module.c"))
                .contains("static u32 callback_i_i_3(context *c, u32 l0) {");
    }

    @Test
    void equalModulesGiveEqualTexts() {
        importFunction("print", new FuncType(List.of(F64, I64), List.of()));
        function(
                new FuncType(List.of(I32, I64, F64), List.of(F64)),
                List.of(F64, I32),
                Instruction.of(Opcodes.LOCAL_GET, 2),
                Instruction.of(Opcodes.LOCAL_GET, 1),
                Instruction.of(Opcodes.CALL, 0),
                Instruction.of(Opcodes.F64_CONST, 0x7FF0000000000001L),
                Instruction.of(Opcodes.END));

        assertThat(translate(TranslatorOptions.main("a")))
                .isEqualTo(translate(TranslatorOptions.main("a")));
    }

    @Test
    void manyInstructionsBecomeSeveralFiles() {
        Instruction[] code = new Instruction[40_000];
        Arrays.fill(code, Instruction.of(Opcodes.NOP));
        code[code.length - 1] = Instruction.of(Opcodes.END);
        for (int i = 0; i < 3; i++) {
            function(NONE, List.of(), code);
        }

        assertThat(translate(TranslatorOptions.main("test")))
                .containsOnlyKeys(
                        "functions_000.c",
                        "functions_001.c",
                        "functions_002.c",
                        "module.c",
                        "module.h");
    }

    @Test
    void referencesAreRefused() {
        function(
                NONE,
                List.of(),
                Instruction.of(Opcodes.REF_NULL, 0x70),
                Instruction.of(Opcodes.DROP),
                Instruction.of(Opcodes.END));

        assertThatThrownBy(this::functions)
                .isInstanceOf(TranslationException.class)
                .hasMessageContaining("0xd0 in function 0");
    }
}
