package io.github.jdbcpglite.build.compile;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.wasm.ByteReader;
import io.github.jdbcpglite.build.wasm.ByteWriter;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Import;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives side modules the type section of the main module.
 *
 * <p>Chicory checks a {@code call_indirect} by comparing type indexes, also when the function
 * belongs to another instance, where equal types may have other indexes. With one list of types in
 * all modules that share a table, equal types have equal indexes. The list begins with the main
 * module's types, so that the main module itself needs no change, and goes on with those that only
 * side modules have.
 */
final class SideModuleTypes {
    private static final int HEADER_LENGTH = 8;
    private static final int SECTION_TYPE = 1;
    private static final int SECTION_IMPORT = 2;
    private static final int SECTION_FUNCTION = 3;
    private static final int SECTION_TAG = 13;
    private static final int FORM_FUNCTION = 0x60;

    private final List<FuncType> types;

    private SideModuleTypes(List<FuncType> types) {
        this.types = types;
    }

    /**
     * Collects the types of modules that will share a table.
     *
     * @param main the main module
     * @param sides the side modules, in an order that is the same for every build
     * @throws PipelineException if the main module has a type twice
     */
    static SideModuleTypes of(byte[] main, Collection<byte[]> sides) {
        List<FuncType> mainTypes = WasmModule.parse(main).types();
        Set<FuncType> all = new LinkedHashSet<>(mainTypes);
        if (all.size() != mainTypes.size()) {
            Set<FuncType> seen = new HashSet<>();
            mainTypes.stream()
                    .filter(type -> !seen.add(type))
                    .findFirst()
                    .ifPresent(
                            twice -> {
                                throw new PipelineException(
                                        "the main module has the type " + twice + " twice");
                            });
        }
        for (byte[] side : sides) {
            all.addAll(WasmModule.parse(side).types());
        }
        return new SideModuleTypes(List.copyOf(all));
    }

    /**
     * Rewrites a side module.
     *
     * @param side one of the modules whose types were collected
     * @return the same module with the common list of types
     * @throws PipelineException if it uses types in a way this class does not know
     */
    byte[] rewrite(byte[] side) {
        WasmModule module = WasmModule.parse(side);
        int[] newIndex = module.types().stream().mapToInt(types::indexOf).toArray();
        for (int i = module.importedFunctionCount(); i < module.functionCount(); i++) {
            module.setBody(i, remap(module.body(i), newIndex));
        }
        byte[] withBodies = module.toBytes();
        ByteReader in = new ByteReader(withBodies);
        ByteWriter out = new ByteWriter().raw(in.raw(HEADER_LENGTH));
        while (in.hasRemaining()) {
            int id = in.u8();
            byte[] content = in.raw(in.u32());
            byte[] replaced =
                    switch (id) {
                        case SECTION_TYPE -> typeSection();
                        case SECTION_IMPORT -> importSection(module, newIndex);
                        case SECTION_FUNCTION -> functionSection(module, newIndex);
                        case SECTION_TAG ->
                                throw new PipelineException(
                                        "a side module with exception tags is not supported");
                        default -> content;
                    };
            out.u8(id).vector(replaced);
        }
        return out.toBytes();
    }

    private static FunctionBody remap(FunctionBody body, int[] newIndex) {
        List<Instruction> code = new ArrayList<>(InstructionDecoder.decode(body.code()));
        code.replaceAll(instruction -> remap(instruction, newIndex));
        return new FunctionBody(body.locals(), InstructionDecoder.encode(code));
    }

    private static Instruction remap(Instruction instruction, int[] newIndex) {
        return switch (instruction.op()) {
            case Opcodes.CALL_INDIRECT -> withIndex(instruction, newIndex);
            // A block type is a type index, or a negative number for no or one result.
            case Opcodes.BLOCK, Opcodes.LOOP, Opcodes.IF ->
                    instruction.immediate() < 0 ? instruction : withIndex(instruction, newIndex);
            default -> instruction;
        };
    }

    private static Instruction withIndex(Instruction instruction, int[] newIndex) {
        return new Instruction(
                instruction.op(),
                newIndex[(int) instruction.immediate()],
                instruction.extra(),
                instruction.labels());
    }

    private byte[] typeSection() {
        ByteWriter out = new ByteWriter().u32(types.size());
        for (FuncType type : types) {
            out.u8(FORM_FUNCTION);
            writeTypes(out, type.params());
            writeTypes(out, type.results());
        }
        return out.toBytes();
    }

    private static void writeTypes(ByteWriter out, List<ValType> values) {
        out.u32(values.size());
        values.forEach(value -> out.u8(value.code()));
    }

    private static byte[] importSection(WasmModule module, int[] newIndex) {
        ByteWriter out = new ByteWriter().u32(module.imports().size());
        for (Import each : module.imports()) {
            out.name(each.module()).name(each.name()).u8(kindCode(each.kind()));
            if (each.kind() == ExternalKind.FUNCTION) {
                out.u32(newIndex[each.typeIndex()]);
            } else {
                out.raw(each.descriptor());
            }
        }
        return out.toBytes();
    }

    private static int kindCode(ExternalKind kind) {
        return switch (kind) {
            case FUNCTION -> 0;
            case TABLE -> 1;
            case MEMORY -> 2;
            case GLOBAL -> 3;
        };
    }

    private static byte[] functionSection(WasmModule module, int[] newIndex) {
        int imported = module.importedFunctionCount();
        ByteWriter out = new ByteWriter().u32(module.functionCount() - imported);
        for (int i = imported; i < module.functionCount(); i++) {
            out.u32(newIndex[module.functionTypeIndex(i)]);
        }
        return out.toBytes();
    }
}
