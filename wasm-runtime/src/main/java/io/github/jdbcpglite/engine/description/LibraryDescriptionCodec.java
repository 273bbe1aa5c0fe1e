package io.github.jdbcpglite.engine.description;

import io.github.jdbcpglite.engine.LibraryModule;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The stored form of a {@link LibraryDescription}: its parts in their order, each list after its
 * length, numbers with the most significant byte first, names as {@link DescriptionCodec} has them.
 */
public final class LibraryDescriptionCodec {
    private LibraryDescriptionCodec() {}

    /** Writes a description. */
    public static void write(LibraryDescription library, DataOutput out) throws IOException {
        out.writeInt(library.room().memorySize());
        out.writeInt(library.room().memoryAlignment());
        out.writeInt(library.room().tableSize());
        out.writeInt(library.functionCount());
        out.writeInt(library.start());
        out.writeInt(library.imports().size());
        for (String name : library.imports()) {
            Names.write(out, name);
        }
        out.writeInt(library.importedGlobals().size());
        for (LibraryDescription.ImportedGlobal global : library.importedGlobals()) {
            Names.write(out, global.module());
            Names.write(out, global.name());
        }
        out.writeInt(library.globals().size());
        for (LibraryDescription.Value value : library.globals()) {
            writeValue(out, value);
        }
        Names.writeExports(out, library.exports());
        out.writeInt(library.data().size());
        for (LibraryDescription.Data data : library.data()) {
            writeValue(out, data.at());
            out.writeInt(data.bytes().length);
            out.write(data.bytes());
        }
        out.writeInt(library.elements().size());
        for (LibraryDescription.Elements elements : library.elements()) {
            writeValue(out, elements.at());
            out.writeInt(elements.functions().length);
            for (int function : elements.functions()) {
                out.writeInt(function);
            }
        }
    }

    private static void writeValue(DataOutput out, LibraryDescription.Value value)
            throws IOException {
        out.writeInt(value.global());
        out.writeLong(value.constant());
    }

    /**
     * Reads a description.
     *
     * @throws java.nio.BufferUnderflowException if it ends too early
     */
    public static LibraryDescription read(ByteBuffer in) {
        LibraryModule.Room room = new LibraryModule.Room(in.getInt(), in.getInt(), in.getInt());
        int functionCount = in.getInt();
        int start = in.getInt();
        List<String> imports = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            imports.add(Names.read(in));
        }
        List<LibraryDescription.ImportedGlobal> importedGlobals = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            importedGlobals.add(
                    new LibraryDescription.ImportedGlobal(Names.read(in), Names.read(in)));
        }
        List<LibraryDescription.Value> globals = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            globals.add(readValue(in));
        }
        Exports exports = Names.readExports(in);
        List<LibraryDescription.Data> data = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            LibraryDescription.Value at = readValue(in);
            byte[] bytes = new byte[in.getInt()];
            in.get(bytes);
            data.add(new LibraryDescription.Data(at, bytes));
        }
        List<LibraryDescription.Elements> elements = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            LibraryDescription.Value at = readValue(in);
            int[] functions = new int[in.getInt()];
            for (int i = 0; i < functions.length; i++) {
                functions[i] = in.getInt();
            }
            elements.add(new LibraryDescription.Elements(at, functions));
        }
        return new LibraryDescription(
                room,
                functionCount,
                start,
                imports,
                importedGlobals,
                globals,
                exports,
                data,
                elements);
    }

    private static LibraryDescription.Value readValue(ByteBuffer in) {
        return new LibraryDescription.Value(in.getInt(), in.getLong());
    }
}
