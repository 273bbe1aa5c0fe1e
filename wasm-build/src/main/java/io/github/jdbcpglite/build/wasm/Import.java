package io.github.jdbcpglite.build.wasm;

/**
 * An import.
 *
 * @param module first part of the name
 * @param name second part of the name
 * @param kind what is imported
 * @param typeIndex the type of an imported function, −1 for the other kinds
 * @param descriptor the encoded description after the kind's byte; for a global the value type and
 *     the mutability
 */
public record Import(
        String module, String name, ExternalKind kind, int typeIndex, byte[] descriptor) {
    static Import read(ByteReader in) {
        String module = in.name();
        String name = in.name();
        ExternalKind kind = ExternalKind.of(in.u8());
        int start = in.position();
        int typeIndex = -1;
        switch (kind) {
            case FUNCTION -> typeIndex = in.u32();
            case TABLE -> {
                in.u8();
                skipLimits(in);
            }
            case MEMORY -> skipLimits(in);
            case GLOBAL -> in.raw(2);
        }
        return new Import(module, name, kind, typeIndex, in.readSince(start));
    }

    void write(ByteWriter out) {
        out.name(module).name(name).u8(kind.ordinal()).raw(descriptor);
    }

    private static void skipLimits(ByteReader in) {
        int flags = in.u8();
        in.u64();
        if ((flags & 1) != 0) {
            in.u64();
        }
    }
}
