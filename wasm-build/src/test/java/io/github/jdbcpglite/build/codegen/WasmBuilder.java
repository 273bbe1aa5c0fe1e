package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.OpCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes small binary modules for tests. Value types are the JVM's letters I, J, F, D. */
final class WasmBuilder {
    private final List<String> types = new ArrayList<>();
    private final List<byte[]> imports = new ArrayList<>();
    private final List<Integer> functions = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<byte[]> exports = new ArrayList<>();
    private final List<byte[]> globals = new ArrayList<>();
    private final List<byte[]> elements = new ArrayList<>();
    private final List<byte[]> data = new ArrayList<>();
    private int importedFunctions;
    private int importedGlobals;
    private byte[] dylink = {};
    private byte[] start = {};
    private byte[] memory = {};
    private byte[] table = {};

    /** Instructions as bytes. */
    static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Body op(OpCode opcode, long... immediates) {
            int number = opcode.opcode();
            if (number > 0xFF) {
                bytes.write(number >>> 8);
                unsigned(bytes, number & 0xFF);
            } else {
                bytes.write(number);
            }
            for (long immediate : immediates) {
                unsigned(bytes, immediate);
            }
            return this;
        }

        Body block(OpCode opcode, String resultType) {
            bytes.write(opcode.opcode());
            bytes.write(resultType.isEmpty() ? 0x40 : valueType(resultType.charAt(0)));
            return this;
        }

        Body i32(int value) {
            bytes.write(OpCode.I32_CONST.opcode());
            signed(bytes, value);
            return this;
        }

        Body i64(long value) {
            bytes.write(OpCode.I64_CONST.opcode());
            signed(bytes, value);
            return this;
        }

        /** A constant of any type from its raw bits. */
        Body constant(char type, long bits) {
            switch (type) {
                case 'I' -> i32((int) bits);
                case 'J' -> i64(bits);
                default -> {
                    bytes.write((type == 'F' ? OpCode.F32_CONST : OpCode.F64_CONST).opcode());
                    for (int i = 0; i < (type == 'F' ? 4 : 8); i++) {
                        bytes.write((int) (bits >>> (8 * i)));
                    }
                }
            }
            return this;
        }

        Body get(int local) {
            return op(OpCode.LOCAL_GET, local);
        }

        Body set(int local) {
            return op(OpCode.LOCAL_SET, local);
        }

        Body end() {
            return op(OpCode.END);
        }

        Body raw(byte[] instructions) {
            bytes.writeBytes(instructions);
            return this;
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }
    }

    static Body body() {
        return new Body();
    }

    /** Returns the index of a type written as "parameters:results". */
    int type(String signature) {
        int index = types.indexOf(signature);
        if (index < 0) {
            index = types.size();
            types.add(signature);
        }
        return index;
    }

    /** Adds a type even if there is an equal one. */
    int duplicateType(String signature) {
        types.add(signature);
        return types.size() - 1;
    }

    int importFunction(String name, String signature) {
        ByteArrayOutputStream out = importName(name);
        out.write(0);
        unsigned(out, type(signature));
        imports.add(out.toByteArray());
        return importedFunctions++;
    }

    int importGlobal(String name, char type, boolean mutable) {
        ByteArrayOutputStream out = importName(name);
        out.write(3);
        out.write(valueType(type));
        out.write(mutable ? 1 : 0);
        imports.add(out.toByteArray());
        return importedGlobals++;
    }

    WasmBuilder importMemory(int pages) {
        ByteArrayOutputStream out = importName("memory");
        out.write(2);
        out.write(0);
        unsigned(out, pages);
        imports.add(out.toByteArray());
        return this;
    }

    WasmBuilder importTable(int entries) {
        return importTable("table", entries);
    }

    WasmBuilder importTable(String name, int entries) {
        ByteArrayOutputStream out = importName(name);
        out.write(1);
        out.write(0x70);
        out.write(0);
        unsigned(out, entries);
        imports.add(out.toByteArray());
        return this;
    }

    private static ByteArrayOutputStream importName(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        name(out, "env");
        name(out, name);
        return out;
    }

    /** Adds a function of a given type with locals; the body's end is added here. */
    int function(int typeIndex, String locals, Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        unsigned(out, locals.length());
        for (char local : locals.toCharArray()) {
            unsigned(out, 1);
            out.write(valueType(local));
        }
        out.writeBytes(body.toBytes());
        out.write(OpCode.END.opcode());
        functions.add(typeIndex);
        bodies.add(out.toByteArray());
        return importedFunctions + functions.size() - 1;
    }

    int function(String signature, String locals, Body body) {
        return function(type(signature), locals, body);
    }

    /** Adds and exports a function. */
    int export(String name, String signature, String locals, Body body) {
        int function = function(signature, locals, body);
        export(name, 0, function);
        return function;
    }

    WasmBuilder export(String name, int kind, int index) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        name(out, name);
        out.write(kind);
        unsigned(out, index);
        exports.add(out.toByteArray());
        return this;
    }

    int global(char type, boolean mutable, Body init) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(valueType(type));
        out.write(mutable ? 1 : 0);
        out.writeBytes(init.toBytes());
        out.write(OpCode.END.opcode());
        globals.add(out.toByteArray());
        return importedGlobals + globals.size() - 1;
    }

    WasmBuilder memory(int pages, int maximum) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        unsigned(out, pages);
        unsigned(out, maximum);
        memory = out.toByteArray();
        return this;
    }

    WasmBuilder table(int entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x70);
        out.write(0);
        unsigned(out, entries);
        table = out.toByteArray();
        return this;
    }

    WasmBuilder elements(Body offset, int... functionIndexes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(offset.toBytes());
        out.write(OpCode.END.opcode());
        unsigned(out, functionIndexes.length);
        for (int index : functionIndexes) {
            unsigned(out, index);
        }
        elements.add(out.toByteArray());
        return this;
    }

    WasmBuilder passiveElements(int... functionIndexes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.write(0);
        unsigned(out, functionIndexes.length);
        for (int index : functionIndexes) {
            unsigned(out, index);
        }
        elements.add(out.toByteArray());
        return this;
    }

    WasmBuilder passiveData(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        unsigned(out, bytes.length);
        out.writeBytes(bytes);
        data.add(out.toByteArray());
        return this;
    }

    WasmBuilder activeData(int address, byte[] bytes) {
        return activeData(body().i32(address), bytes);
    }

    WasmBuilder activeData(Body offset, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(offset.end().toBytes());
        unsigned(out, bytes.length);
        out.writeBytes(bytes);
        data.add(out.toByteArray());
        return this;
    }

    /** Makes it a library that asks for room, with an alignment of 16 bytes. */
    WasmBuilder dylink(int memoryBytes, int tableEntries) {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        for (int number : new int[] {memoryBytes, 4, tableEntries, 0}) {
            unsigned(info, number);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        name(content, "dylink.0");
        content.write(1);
        content.writeBytes(sized(info.toByteArray()));
        dylink = sized(content.toByteArray());
        return this;
    }

    /** Has a function called at the end of the instantiation. */
    WasmBuilder start(int functionIndex) {
        start = sized(number(functionIndex));
        return this;
    }

    WasmModule parse() {
        return Parser.parse(toBytes());
    }

    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        if (dylink.length > 0) {
            out.write(0);
            out.writeBytes(dylink);
        }
        section(out, 1, types.stream().map(WasmBuilder::typeBytes).toList());
        section(out, 2, imports);
        section(out, 3, functions.stream().map(WasmBuilder::number).toList());
        section(out, 4, table.length == 0 ? List.of() : List.of(table));
        section(out, 5, memory.length == 0 ? List.of() : List.of(memory));
        section(out, 6, globals);
        section(out, 7, exports);
        if (start.length > 0) {
            out.write(8);
            out.writeBytes(start);
        }
        section(out, 9, elements);
        if (!data.isEmpty()) {
            out.write(12);
            out.write(1);
            out.write(data.size());
        }
        section(out, 10, bodies.stream().map(WasmBuilder::sized).toList());
        section(out, 11, data);
        return out.toByteArray();
    }

    private static byte[] number(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        unsigned(out, value);
        return out.toByteArray();
    }

    private static byte[] sized(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        unsigned(out, bytes.length);
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static byte[] typeBytes(String signature) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x60);
        int colon = signature.indexOf(':');
        for (String part : List.of(signature.substring(0, colon), signature.substring(colon + 1))) {
            unsigned(out, part.length());
            for (char type : part.toCharArray()) {
                out.write(valueType(type));
            }
        }
        return out.toByteArray();
    }

    private static void section(ByteArrayOutputStream out, int id, List<byte[]> entries) {
        if (!entries.isEmpty()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            unsigned(content, entries.size());
            entries.forEach(content::writeBytes);
            out.write(id);
            out.writeBytes(sized(content.toByteArray()));
        }
    }

    private static int valueType(char type) {
        return switch (type) {
            case 'I' -> 0x7F;
            case 'J' -> 0x7E;
            case 'F' -> 0x7D;
            case 'D' -> 0x7C;
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private static void name(ByteArrayOutputStream out, String name) {
        out.writeBytes(sized(name.getBytes(StandardCharsets.UTF_8)));
    }

    private static void unsigned(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static void signed(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest != rest << 57 >> 57) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>= 7;
        }
        out.write((int) (rest & 0x7F));
    }
}
