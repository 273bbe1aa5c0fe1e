package io.github.jdbcpglite.build.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * The body of a function.
 *
 * @param locals types of the locals after the parameters, in index order
 * @param code the encoded instructions, the final {@code end} included
 */
public record FunctionBody(List<ValType> locals, byte[] code) {
    /** The largest number of locals accepted, as in the JavaScript embedding. */
    static final int LOCALS_MAX = 50_000;

    /** Copies the list, not the code. */
    public FunctionBody {
        locals = List.copyOf(locals);
    }

    static FunctionBody decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int groups = in.u32();
        List<ValType> locals = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            int count = in.u32();
            ValType type = ValType.of(in.u8());
            if (count < 0 || count > LOCALS_MAX - locals.size()) {
                throw new WasmFormatException("more than " + LOCALS_MAX + " locals");
            }
            for (int k = 0; k < count; k++) {
                locals.add(type);
            }
        }
        return new FunctionBody(locals, in.raw(bytes.length - in.position()));
    }

    byte[] encode() {
        ByteWriter groups = new ByteWriter();
        int groupCount = 0;
        for (int i = 0; i < locals.size(); ) {
            int next = i + 1;
            while (next < locals.size() && locals.get(next) == locals.get(i)) {
                next++;
            }
            groups.u32(next - i).u8(locals.get(i).code());
            groupCount++;
            i = next;
        }
        return new ByteWriter().u32(groupCount).raw(groups.toBytes()).raw(code).toBytes();
    }
}
