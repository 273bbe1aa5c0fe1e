package io.github.jdbcpglite.build.wasm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A module in memory: types, imports, functions, globals, exports and code as objects, every other
 * section as bytes. Function and global indexes count imports first, as everywhere in WebAssembly.
 * Parts can be replaced and appended, never removed or reordered.
 */
public final class WasmModule {
    private static final int MAGIC = 0x6D736100;
    private static final int VERSION = 1;

    private final List<Section> sections = new ArrayList<>();
    private final List<FuncType> types = new ArrayList<>();
    private final List<Import> imports = new ArrayList<>();
    private final List<Integer> functionTypes = new ArrayList<>();
    private final List<Global> globals = new ArrayList<>();
    private final List<Export> exports = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private int importedFunctions;
    private int importedGlobals;

    /** Makes a module without content. */
    public WasmModule() {}

    /**
     * Reads a module.
     *
     * @param bytes the binary format
     * @throws WasmFormatException if they are not a module this toolkit understands
     */
    public static WasmModule parse(byte[] bytes) {
        WasmModule module = new WasmModule();
        ByteReader in = new ByteReader(bytes);
        if (in.fixed32() != MAGIC || in.fixed32() != VERSION) {
            throw new WasmFormatException("not a WebAssembly module of version 1");
        }
        while (in.hasRemaining()) {
            int id = in.u8();
            module.addSection(id, in.raw(in.u32()));
        }
        if (module.functionTypes.size() != module.bodies.size()) {
            throw new WasmFormatException(
                    module.functionTypes.size()
                            + " functions, "
                            + module.bodies.size()
                            + " bodies");
        }
        return module;
    }

    /** Returns the types by index, read-only. */
    public List<FuncType> types() {
        return Collections.unmodifiableList(types);
    }

    /** Returns the imports, read-only. */
    public List<Import> imports() {
        return Collections.unmodifiableList(imports);
    }

    /** Returns the exports, read-only. */
    public List<Export> exports() {
        return Collections.unmodifiableList(exports);
    }

    /**
     * Returns the globals the module defines, read-only; the first has index {@link
     * #importedGlobalCount()}.
     */
    public List<Global> globals() {
        return Collections.unmodifiableList(globals);
    }

    /** Returns how many globals are imported. */
    public int importedGlobalCount() {
        return importedGlobals;
    }

    /** Returns how many functions are imported, which is the index of the first defined one. */
    public int importedFunctionCount() {
        return importedFunctions;
    }

    /** Returns the number of all functions, imported and defined. */
    public int functionCount() {
        return importedFunctions + functionTypes.size();
    }

    /** Returns the type index of a function, imported or defined. */
    public int functionTypeIndex(int function) {
        if (function >= importedFunctions) {
            return functionTypes.get(function - importedFunctions);
        }
        int left = function;
        for (Import candidate : imports) {
            if (candidate.kind() == ExternalKind.FUNCTION && left-- == 0) {
                return candidate.typeIndex();
            }
        }
        throw new IndexOutOfBoundsException("function " + function);
    }

    /** Returns the type of a function, imported or defined. */
    public FuncType functionType(int function) {
        return types.get(functionTypeIndex(function));
    }

    /**
     * Finds an imported function by its second name.
     *
     * @return its function index, or −1
     */
    public int findImportedFunction(String name) {
        int index = 0;
        for (Import candidate : imports) {
            if (candidate.kind() == ExternalKind.FUNCTION) {
                if (candidate.name().equals(name)) {
                    return index;
                }
                index++;
            }
        }
        return -1;
    }

    /** Returns the encoded size in bytes of a defined function's body. */
    public int bodySize(int function) {
        return bodies.get(function - importedFunctions).length;
    }

    /** Decodes the body of a defined function. */
    public FunctionBody body(int function) {
        return FunctionBody.decode(bodies.get(function - importedFunctions));
    }

    /** Replaces the body of a defined function. */
    public void setBody(int function, FunctionBody body) {
        bodies.set(function - importedFunctions, body.encode());
    }

    /**
     * Finds or appends a type.
     *
     * @return the index of the first equal type
     */
    public int typeIndex(FuncType type) {
        int index = types.indexOf(type);
        if (index >= 0) {
            return index;
        }
        types.add(type);
        return types.size() - 1;
    }

    /**
     * Appends an import. Allowed only before any function or global of the module's own exists,
     * because it would shift their indexes.
     *
     * @throws IllegalStateException if an index would shift
     */
    public void addImport(Import added) {
        if (!functionTypes.isEmpty() || !globals.isEmpty()) {
            throw new IllegalStateException("an import would shift indexes");
        }
        imports.add(added);
        countImport(added);
    }

    /**
     * Appends a function.
     *
     * @return its function index
     */
    public int addFunction(FuncType type, FunctionBody body) {
        functionTypes.add(typeIndex(type));
        bodies.add(body.encode());
        return functionCount() - 1;
    }

    /**
     * Appends a global.
     *
     * @return its global index
     */
    public int addGlobal(Global global) {
        globals.add(global);
        return importedGlobals + globals.size() - 1;
    }

    /**
     * Appends an export.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public void addExport(Export export) {
        for (Export existing : exports) {
            if (existing.name().equals(export.name())) {
                throw new IllegalArgumentException("export " + export.name() + " exists already");
            }
        }
        exports.add(export);
    }

    /**
     * Appends a section this class does not model, or a custom one, behind those already there of
     * the same or an earlier place.
     *
     * @param id the section's id in the binary format
     * @param content its content without id and size
     */
    public void addRawSection(int id, byte[] content) {
        if (SectionCodec.isModelled(id)) {
            throw new IllegalArgumentException("section " + id + " is not kept as bytes");
        }
        int at =
                id == SectionCodec.CUSTOM
                        ? sections.size()
                        : SectionCodec.insertionPoint(sections, id);
        sections.add(at, new Section(id, content));
    }

    /**
     * Returns the contents of the sections with an id that this class keeps as bytes, in their
     * order: at most one, except of custom ones.
     *
     * @param id the section's id in the binary format
     */
    public List<byte[]> rawSections(int id) {
        if (SectionCodec.isModelled(id)) {
            throw new IllegalArgumentException("section " + id + " is not kept as bytes");
        }
        return sections.stream().filter(each -> each.id() == id).map(Section::content).toList();
    }

    /** Encodes the module. Equal modules give equal bytes. */
    public byte[] toBytes() {
        ByteWriter out = new ByteWriter().fixed32(MAGIC).fixed32(VERSION);
        for (Section section : SectionCodec.encodeAll(this)) {
            out.u8(section.id()).vector(section.content());
        }
        return out.toBytes();
    }

    private void addSection(int id, byte[] content) {
        ByteReader in = new ByteReader(content);
        switch (id) {
            case SectionCodec.TYPE -> SectionCodec.readTypes(in, types);
            case SectionCodec.IMPORT -> {
                SectionCodec.readVector(in, imports, Import::read);
                imports.forEach(this::countImport);
            }
            case SectionCodec.FUNCTION ->
                    SectionCodec.readVector(in, functionTypes, ByteReader::u32);
            case SectionCodec.GLOBAL -> SectionCodec.readVector(in, globals, Global::read);
            case SectionCodec.EXPORT ->
                    SectionCodec.readVector(in, exports, SectionCodec::readExport);
            case SectionCodec.CODE ->
                    SectionCodec.readVector(in, bodies, reader -> reader.raw(reader.u32()));
            default -> {
                sections.add(new Section(id, content));
                return;
            }
        }
        if (in.hasRemaining()) {
            throw new WasmFormatException("section " + id + " is longer than its content");
        }
        // The empty placeholder keeps the place among custom sections.
        sections.add(new Section(id, new byte[0]));
    }

    private void countImport(Import added) {
        switch (added.kind()) {
            case FUNCTION -> importedFunctions++;
            case GLOBAL -> importedGlobals++;
            default -> {
                // Tables and memories have no indexes this toolkit hands out.
            }
        }
    }

    List<Section> sections() {
        return sections;
    }

    List<Integer> functionTypeIndexes() {
        return functionTypes;
    }

    List<byte[]> encodedBodies() {
        return bodies;
    }

    record Section(int id, byte[] content) {}
}
