package io.github.jdbcpglite.build.wasm;

import io.github.jdbcpglite.build.wasm.WasmModule.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Reads and writes the sections that {@link WasmModule} models. */
final class SectionCodec {
    static final int CUSTOM = 0;
    static final int TYPE = 1;
    static final int IMPORT = 2;
    static final int FUNCTION = 3;
    static final int GLOBAL = 6;
    static final int EXPORT = 7;
    static final int CODE = 10;

    private static final int FUNC_TYPE_FORM = 0x60;

    /** Ids in the order the format requires: the data count (12) stands before the code. */
    private static final List<Integer> ORDER = List.of(1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11);

    private static final List<Integer> MODELLED =
            List.of(TYPE, IMPORT, FUNCTION, GLOBAL, EXPORT, CODE);

    private SectionCodec() {}

    static boolean isModelled(int id) {
        return MODELLED.contains(id);
    }

    static <T> void readVector(ByteReader in, List<T> target, Function<ByteReader, T> element) {
        int count = in.u32();
        for (int i = 0; i < count; i++) {
            target.add(element.apply(in));
        }
    }

    static void readTypes(ByteReader in, List<FuncType> types) {
        readVector(
                in,
                types,
                reader -> {
                    if (reader.u8() != FUNC_TYPE_FORM) {
                        throw new WasmFormatException("type " + types.size() + " is no function");
                    }
                    List<ValType> params = ValType.readVector(reader);
                    return new FuncType(params, ValType.readVector(reader));
                });
    }

    static Export readExport(ByteReader in) {
        String name = in.name();
        ExternalKind kind = ExternalKind.of(in.u8());
        return new Export(name, kind, in.u32());
    }

    /** Returns all sections of a module, encoded and in a valid order. */
    static List<Section> encodeAll(WasmModule module) {
        List<Section> result = new ArrayList<>(module.sections());
        for (int id : MODELLED) {
            Section section = new Section(id, encode(module, id));
            boolean isEmpty = section.content().length == 1;
            int at = indexOf(result, id);
            if (at >= 0) {
                result.set(at, section);
            } else if (!isEmpty) {
                result.add(insertionPoint(result, id), section);
            }
        }
        return result;
    }

    private static int indexOf(List<Section> sections, int id) {
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i).id() == id) {
                return i;
            }
        }
        return -1;
    }

    /** Returns where a section that is not there yet belongs. */
    static int insertionPoint(List<Section> sections, int id) {
        for (int i = 0; i < sections.size(); i++) {
            int other = sections.get(i).id();
            if (other != CUSTOM && ORDER.indexOf(other) > ORDER.indexOf(id)) {
                return i;
            }
        }
        return sections.size();
    }

    private static byte[] encode(WasmModule module, int id) {
        return switch (id) {
            case TYPE -> vector(module.types(), SectionCodec::writeType);
            case IMPORT -> vector(module.imports(), (out, each) -> each.write(out));
            case FUNCTION -> vector(module.functionTypeIndexes(), ByteWriter::u32);
            case GLOBAL -> vector(module.globals(), (out, each) -> each.write(out));
            case EXPORT -> vector(module.exports(), SectionCodec::writeExport);
            case CODE -> vector(module.encodedBodies(), ByteWriter::vector);
            default -> throw new IllegalArgumentException("section " + id);
        };
    }

    private static <T> byte[] vector(List<T> elements, BiConsumer<ByteWriter, T> writer) {
        ByteWriter out = new ByteWriter().u32(elements.size());
        for (T element : elements) {
            writer.accept(out, element);
        }
        return out.toBytes();
    }

    private static void writeType(ByteWriter out, FuncType type) {
        out.u8(FUNC_TYPE_FORM);
        ValType.writeVector(out, type.params());
        ValType.writeVector(out, type.results());
    }

    private static void writeExport(ByteWriter out, Export export) {
        out.name(export.name()).u8(export.kind().ordinal()).u32(export.index());
    }
}
