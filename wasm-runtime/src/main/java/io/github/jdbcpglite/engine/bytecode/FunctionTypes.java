package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.jdbcpglite.engine.Signature;
import java.util.ArrayList;
import java.util.List;

/** Signatures as Chicory has them. */
final class FunctionTypes {
    private static final List<ValType> TYPES =
            List.of(ValType.I32, ValType.I64, ValType.F32, ValType.F64);

    private FunctionTypes() {}

    static FunctionType of(Signature signature) {
        return FunctionType.of(types(signature.parameters()), types(signature.results()));
    }

    private static List<ValType> types(List<Signature.Type> types) {
        List<ValType> result = new ArrayList<>(types.size());
        types.forEach(type -> result.add(TYPES.get(type.ordinal())));
        return result;
    }

    /**
     * Returns the signature of a type.
     *
     * @throws IllegalArgumentException if it has values that are no numbers
     */
    static Signature signature(FunctionType type) {
        return new Signature(signatureTypes(type.params()), signatureTypes(type.returns()));
    }

    private static List<Signature.Type> signatureTypes(List<ValType> types) {
        List<Signature.Type> result = new ArrayList<>(types.size());
        for (ValType type : types) {
            int index = TYPES.indexOf(type);
            if (index < 0) {
                throw new IllegalArgumentException("no signature has values of type " + type);
            }
            result.add(Signature.Type.values()[index]);
        }
        return result;
    }
}
