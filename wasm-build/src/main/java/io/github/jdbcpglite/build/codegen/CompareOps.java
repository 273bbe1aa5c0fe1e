package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.wasm.types.OpCode;
import io.github.jdbcpglite.build.codegen.Condition.Relation;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The comparison instructions. */
final class CompareOps {
    private static final String[] PREFIXES = {"I32", "I64", "F32", "F64"};

    private final Map<OpCode, Condition> conditions = new EnumMap<>(OpCode.class);

    CompareOps() {
        for (String prefix : PREFIXES) {
            char type = "IJFD".charAt(java.util.Arrays.asList(PREFIXES).indexOf(prefix));
            for (Relation relation : Relation.values()) {
                String name = prefix + "_" + relation.name();
                boolean integer = type == 'I' || type == 'J';
                if (!integer || relation == Relation.EQ || relation == Relation.NE) {
                    add(name, type, relation, false);
                } else {
                    add(name + "_S", type, relation, false);
                    add(name + "_U", type, relation, true);
                }
            }
        }
    }

    private void add(String name, char type, Relation relation, boolean unsigned) {
        conditions.put(OpCode.valueOf(name), new Condition(type, relation, unsigned, false, null));
    }

    /**
     * Returns the condition of a comparison of two operands, or {@code null} for another opcode.
     */
    @Nullable Condition of(OpCode opcode) {
        return conditions.get(opcode);
    }
}
