package io.github.jdbcpglite.engine.description;

import io.github.jdbcpglite.engine.Signature;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The stored form of a {@link ModuleDescription}.
 *
 * <p>In this order: function types, types of the functions, the table's maximum, table, imports,
 * globals, stack pointer, exported functions, exported addresses. Each list begins with its length
 * in 32 bits, and the most significant byte comes first. Names are UTF-8 after a 16-bit length; a
 * function type is the names of its parameters and of its results, a character for each value.
 */
public final class DescriptionCodec {
    private static final String TYPE_NAMES = "ijfd";
    private static final List<Signature.Type> TYPES = List.of(Signature.Type.values());

    private DescriptionCodec() {}

    /** Writes a description. */
    public static void write(ModuleDescription description, DataOutput out) throws IOException {
        out.writeInt(description.types().size());
        for (Signature type : description.types()) {
            Names.write(out, names(type.parameters()));
            Names.write(out, names(type.results()));
        }
        out.writeInt(description.functionTypes().length);
        for (int type : description.functionTypes()) {
            out.writeShort(type);
        }
        out.writeLong(description.tableMaximum());
        out.writeInt(description.table().length);
        for (int function : description.table()) {
            out.writeInt(function);
        }
        out.writeInt(description.imports().size());
        for (ModuleDescription.ImportedFunction function : description.imports()) {
            Names.write(out, function.name());
            out.writeShort(function.type());
        }
        out.writeInt(description.globals().length);
        for (long value : description.globals()) {
            out.writeLong(value);
        }
        Names.writeExports(out, description.exports());
    }

    private static String names(List<Signature.Type> types) {
        StringBuilder names = new StringBuilder();
        types.forEach(type -> names.append(TYPE_NAMES.charAt(type.ordinal())));
        return names.toString();
    }

    /**
     * Reads a description.
     *
     * @throws java.nio.BufferUnderflowException if it ends too early
     */
    public static ModuleDescription read(ByteBuffer in) {
        List<Signature> types = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            types.add(new Signature(types(Names.read(in)), types(Names.read(in))));
        }
        int[] functionTypes = new int[in.getInt()];
        for (int i = 0; i < functionTypes.length; i++) {
            functionTypes[i] = Short.toUnsignedInt(in.getShort());
        }
        long tableMaximum = in.getLong();
        int[] table = new int[in.getInt()];
        for (int i = 0; i < table.length; i++) {
            table[i] = in.getInt();
        }
        List<ModuleDescription.ImportedFunction> imports = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            imports.add(
                    new ModuleDescription.ImportedFunction(
                            Names.read(in), Short.toUnsignedInt(in.getShort())));
        }
        long[] globals = new long[in.getInt()];
        for (int i = 0; i < globals.length; i++) {
            globals[i] = in.getLong();
        }
        Exports exports = Names.readExports(in);
        return new ModuleDescription(
                types, functionTypes, tableMaximum, table, imports, globals, exports);
    }

    private static List<Signature.Type> types(String names) {
        List<Signature.Type> types = new ArrayList<>();
        for (int i = 0; i < names.length(); i++) {
            types.add(TYPES.get(TYPE_NAMES.indexOf(names.charAt(i))));
        }
        return types;
    }
}
