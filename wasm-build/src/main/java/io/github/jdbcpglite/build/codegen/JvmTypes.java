package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;

/** WebAssembly value types as the JVM's: I, J, F, D; references are ints, as Chicory has them. */
final class JvmTypes {
    private JvmTypes() {}

    static char of(ValType type) {
        return switch (type.opcode()) {
            case ValType.ID.I32 -> 'I';
            case ValType.ID.I64 -> 'J';
            case ValType.ID.F32 -> 'F';
            case ValType.ID.F64 -> 'D';
            default -> {
                if (type.equals(ValType.FuncRef) || type.equals(ValType.ExternRef)) {
                    yield 'I';
                }
                throw new CodeGenerationException("values of type " + type + " are not supported");
            }
        };
    }

    static String of(List<ValType> types) {
        StringBuilder text = new StringBuilder();
        for (ValType type : types) {
            text.append(of(type));
        }
        return text.toString();
    }

    static int slots(char type) {
        return type == 'J' || type == 'D' ? 2 : 1;
    }

    static int slots(String types) {
        int slots = 0;
        for (int i = 0; i < types.length(); i++) {
            slots += slots(types.charAt(i));
        }
        return slots;
    }

    /** Descriptor of what a function returns; several results travel as raw values. */
    static String returned(FunctionType type) {
        return switch (type.returns().size()) {
            case 0 -> "V";
            case 1 -> String.valueOf(of(type.returns().get(0)));
            default -> "[J";
        };
    }
}
