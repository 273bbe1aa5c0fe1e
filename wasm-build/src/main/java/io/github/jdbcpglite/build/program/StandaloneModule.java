package io.github.jdbcpglite.build.program;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.wasm.ByteReader;
import io.github.jdbcpglite.build.wasm.ByteWriter;
import io.github.jdbcpglite.build.wasm.Opcodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a module of position independent code stand alone: the table and the globals that
 * Emscripten's JavaScript would give it become its own, with the same values. Memory stays an
 * import.
 *
 * <p>Imported globals come before a module's own, and are put first among these, so that no index
 * changes. Custom sections, which tell a dynamic linker what it need not know any more, are left
 * out.
 */
final class StandaloneModule {
    static final String TABLE_BASE = "__table_base";

    private static final int HEADER_LENGTH = 8;
    private static final int CUSTOM = 0;
    private static final int IMPORT = 2;
    private static final int FUNCTION = 3;
    private static final int TABLE = 4;
    private static final int GLOBAL = 6;
    private static final int EXPORT = 7;
    private static final int ELEMENT = 9;
    private static final int DATA = 11;
    private static final int KIND_FUNCTION = 0;
    private static final int KIND_TABLE = 1;
    private static final int KIND_MEMORY = 2;
    private static final int KIND_GLOBAL = 3;

    private final Map<String, Integer> values;
    private final List<Integer> constants = new ArrayList<>();
    private final ByteWriter globals = new ByteWriter();
    private final ByteWriter table = new ByteWriter();
    private int stackPointer = -1;

    private StandaloneModule(Map<String, Integer> values) {
        this.values = values;
    }

    /**
     * Changes a module.
     *
     * @param wasm a module that imports one table and has functions, globals and exports of its own
     * @param values of the imported globals by their second name
     * @throws PipelineException if a global has no value, or the module is not as described
     */
    static byte[] of(byte[] wasm, Map<String, Integer> values) {
        return new StandaloneModule(values).rewrite(new ByteReader(wasm));
    }

    private byte[] rewrite(ByteReader in) {
        ByteWriter out = new ByteWriter().raw(in.raw(HEADER_LENGTH));
        while (in.hasRemaining()) {
            int id = in.u8();
            byte[] content = in.raw(in.u32());
            ByteReader section = new ByteReader(content);
            switch (id) {
                case CUSTOM -> {
                    // Left out.
                }
                case IMPORT -> out.u8(id).vector(imports(section));
                case FUNCTION -> {
                    out.u8(id).vector(content);
                    out.u8(TABLE).vector(new ByteWriter().u32(1).raw(table.toBytes()).toBytes());
                }
                case TABLE -> throw new PipelineException("the program has a table of its own");
                case GLOBAL -> out.u8(id).vector(prepend(section, constants.size(), globals));
                case EXPORT -> out.u8(id).vector(prepend(section, 2, exports()));
                case ELEMENT, DATA -> out.u8(id).vector(segments(section, id == DATA));
                default -> out.u8(id).vector(content);
            }
        }
        return out.toBytes();
    }

    private byte[] imports(ByteReader in) {
        int count = in.u32();
        int kept = 0;
        ByteWriter rest = new ByteWriter();
        for (int i = 0; i < count; i++) {
            int start = in.position();
            in.name();
            String name = in.name();
            int kind = in.u8();
            switch (kind) {
                case KIND_FUNCTION -> in.u32();
                case KIND_TABLE -> defineTable(in);
                case KIND_MEMORY -> skipLimits(in);
                case KIND_GLOBAL -> defineGlobal(name, in.raw(2));
                default -> throw new PipelineException("import " + name + " of kind " + kind);
            }
            if (kind == KIND_FUNCTION || kind == KIND_MEMORY) {
                rest.raw(in.readSince(start));
                kept++;
            }
        }
        return new ByteWriter().u32(kept).raw(rest.toBytes()).toBytes();
    }

    private void defineGlobal(String name, byte[] type) {
        Integer value = values.get(name);
        if (value == null) {
            throw new PipelineException("the program imports the unknown global " + name);
        }
        if (name.equals("__stack_pointer")) {
            stackPointer = constants.size();
        }
        constants.add(value);
        globals.raw(type);
        constant(globals, value);
    }

    /** The table imported is as long as the program's elements, and these do not begin at 0. */
    private void defineTable(ByteReader in) {
        table.u8(in.u8());
        int flags = in.u8();
        int minimum = in.u32();
        if (flags != 0 || !values.containsKey(TABLE_BASE)) {
            throw new PipelineException("the program imports a table with a maximum, or no base");
        }
        table.u8(flags).u32(minimum + values.get(TABLE_BASE));
    }

    private ByteWriter exports() {
        if (stackPointer < 0) {
            throw new PipelineException("the program does not import its stack pointer");
        }
        return new ByteWriter()
                .name("__indirect_function_table")
                .u8(KIND_TABLE)
                .u32(0)
                .name("__stack_pointer")
                .u8(KIND_GLOBAL)
                .u32(stackPointer);
    }

    private static byte[] prepend(ByteReader in, int count, ByteWriter added) {
        ByteWriter out = new ByteWriter().u32(in.u32() + count).raw(added.toBytes());
        while (in.hasRemaining()) {
            out.u8(in.u8());
        }
        return out.toBytes();
    }

    /** Active segments at an imported global become active segments at a constant. */
    private byte[] segments(ByteReader in, boolean data) {
        int count = in.u32();
        ByteWriter out = new ByteWriter().u32(count);
        for (int i = 0; i < count; i++) {
            if (in.u32() != 0 || in.u8() != Opcodes.GLOBAL_GET) {
                throw new PipelineException("a segment of the program is not at a global");
            }
            int global = in.u32();
            if (global >= constants.size() || in.u8() != Opcodes.END) {
                throw new PipelineException("a segment of the program is not at a base");
            }
            constant(out.u32(0), constants.get(global));
            int length = in.u32();
            out.u32(length);
            if (data) {
                out.raw(in.raw(length));
            } else {
                for (int element = 0; element < length; element++) {
                    out.u32(in.u32());
                }
            }
        }
        return out.toBytes();
    }

    private static void constant(ByteWriter out, int value) {
        out.u8(Opcodes.I32_CONST).s64(value).u8(Opcodes.END);
    }

    private static void skipLimits(ByteReader in) {
        int flags = in.u8();
        in.u32();
        if ((flags & 1) != 0) {
            in.u32();
        }
    }
}
