package io.github.jdbcpglite.build.codegen;

import static com.dylibso.chicory.wasm.types.OpCode.F32_ABS;
import static com.dylibso.chicory.wasm.types.OpCode.F32_ADD;
import static com.dylibso.chicory.wasm.types.OpCode.F32_CEIL;
import static com.dylibso.chicory.wasm.types.OpCode.F32_CONVERT_I32_S;
import static com.dylibso.chicory.wasm.types.OpCode.F32_CONVERT_I32_U;
import static com.dylibso.chicory.wasm.types.OpCode.F32_CONVERT_I64_S;
import static com.dylibso.chicory.wasm.types.OpCode.F32_CONVERT_I64_U;
import static com.dylibso.chicory.wasm.types.OpCode.F32_COPYSIGN;
import static com.dylibso.chicory.wasm.types.OpCode.F32_DEMOTE_F64;
import static com.dylibso.chicory.wasm.types.OpCode.F32_DIV;
import static com.dylibso.chicory.wasm.types.OpCode.F32_FLOOR;
import static com.dylibso.chicory.wasm.types.OpCode.F32_MAX;
import static com.dylibso.chicory.wasm.types.OpCode.F32_MIN;
import static com.dylibso.chicory.wasm.types.OpCode.F32_MUL;
import static com.dylibso.chicory.wasm.types.OpCode.F32_NEAREST;
import static com.dylibso.chicory.wasm.types.OpCode.F32_NEG;
import static com.dylibso.chicory.wasm.types.OpCode.F32_REINTERPRET_I32;
import static com.dylibso.chicory.wasm.types.OpCode.F32_SQRT;
import static com.dylibso.chicory.wasm.types.OpCode.F32_SUB;
import static com.dylibso.chicory.wasm.types.OpCode.F32_TRUNC;
import static com.dylibso.chicory.wasm.types.OpCode.F64_ABS;
import static com.dylibso.chicory.wasm.types.OpCode.F64_ADD;
import static com.dylibso.chicory.wasm.types.OpCode.F64_CEIL;
import static com.dylibso.chicory.wasm.types.OpCode.F64_CONVERT_I32_S;
import static com.dylibso.chicory.wasm.types.OpCode.F64_CONVERT_I32_U;
import static com.dylibso.chicory.wasm.types.OpCode.F64_CONVERT_I64_S;
import static com.dylibso.chicory.wasm.types.OpCode.F64_CONVERT_I64_U;
import static com.dylibso.chicory.wasm.types.OpCode.F64_COPYSIGN;
import static com.dylibso.chicory.wasm.types.OpCode.F64_DIV;
import static com.dylibso.chicory.wasm.types.OpCode.F64_FLOOR;
import static com.dylibso.chicory.wasm.types.OpCode.F64_MAX;
import static com.dylibso.chicory.wasm.types.OpCode.F64_MIN;
import static com.dylibso.chicory.wasm.types.OpCode.F64_MUL;
import static com.dylibso.chicory.wasm.types.OpCode.F64_NEAREST;
import static com.dylibso.chicory.wasm.types.OpCode.F64_NEG;
import static com.dylibso.chicory.wasm.types.OpCode.F64_PROMOTE_F32;
import static com.dylibso.chicory.wasm.types.OpCode.F64_REINTERPRET_I64;
import static com.dylibso.chicory.wasm.types.OpCode.F64_SQRT;
import static com.dylibso.chicory.wasm.types.OpCode.F64_SUB;
import static com.dylibso.chicory.wasm.types.OpCode.F64_TRUNC;
import static com.dylibso.chicory.wasm.types.OpCode.I32_ADD;
import static com.dylibso.chicory.wasm.types.OpCode.I32_AND;
import static com.dylibso.chicory.wasm.types.OpCode.I32_CLZ;
import static com.dylibso.chicory.wasm.types.OpCode.I32_CTZ;
import static com.dylibso.chicory.wasm.types.OpCode.I32_DIV_S;
import static com.dylibso.chicory.wasm.types.OpCode.I32_DIV_U;
import static com.dylibso.chicory.wasm.types.OpCode.I32_EXTEND_16_S;
import static com.dylibso.chicory.wasm.types.OpCode.I32_EXTEND_8_S;
import static com.dylibso.chicory.wasm.types.OpCode.I32_MUL;
import static com.dylibso.chicory.wasm.types.OpCode.I32_OR;
import static com.dylibso.chicory.wasm.types.OpCode.I32_POPCNT;
import static com.dylibso.chicory.wasm.types.OpCode.I32_REINTERPRET_F32;
import static com.dylibso.chicory.wasm.types.OpCode.I32_REM_S;
import static com.dylibso.chicory.wasm.types.OpCode.I32_REM_U;
import static com.dylibso.chicory.wasm.types.OpCode.I32_ROTL;
import static com.dylibso.chicory.wasm.types.OpCode.I32_ROTR;
import static com.dylibso.chicory.wasm.types.OpCode.I32_SHL;
import static com.dylibso.chicory.wasm.types.OpCode.I32_SHR_S;
import static com.dylibso.chicory.wasm.types.OpCode.I32_SHR_U;
import static com.dylibso.chicory.wasm.types.OpCode.I32_SUB;
import static com.dylibso.chicory.wasm.types.OpCode.I32_TRUNC_F32_S;
import static com.dylibso.chicory.wasm.types.OpCode.I32_TRUNC_F32_U;
import static com.dylibso.chicory.wasm.types.OpCode.I32_TRUNC_F64_S;
import static com.dylibso.chicory.wasm.types.OpCode.I32_TRUNC_F64_U;
import static com.dylibso.chicory.wasm.types.OpCode.I32_TRUNC_SAT_F32_S;
import static com.dylibso.chicory.wasm.types.OpCode.I32_TRUNC_SAT_F32_U;
import static com.dylibso.chicory.wasm.types.OpCode.I32_TRUNC_SAT_F64_S;
import static com.dylibso.chicory.wasm.types.OpCode.I32_TRUNC_SAT_F64_U;
import static com.dylibso.chicory.wasm.types.OpCode.I32_WRAP_I64;
import static com.dylibso.chicory.wasm.types.OpCode.I32_XOR;
import static com.dylibso.chicory.wasm.types.OpCode.I64_ADD;
import static com.dylibso.chicory.wasm.types.OpCode.I64_AND;
import static com.dylibso.chicory.wasm.types.OpCode.I64_CLZ;
import static com.dylibso.chicory.wasm.types.OpCode.I64_CTZ;
import static com.dylibso.chicory.wasm.types.OpCode.I64_DIV_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_DIV_U;
import static com.dylibso.chicory.wasm.types.OpCode.I64_EXTEND_16_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_EXTEND_32_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_EXTEND_8_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_EXTEND_I32_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_EXTEND_I32_U;
import static com.dylibso.chicory.wasm.types.OpCode.I64_MUL;
import static com.dylibso.chicory.wasm.types.OpCode.I64_OR;
import static com.dylibso.chicory.wasm.types.OpCode.I64_POPCNT;
import static com.dylibso.chicory.wasm.types.OpCode.I64_REINTERPRET_F64;
import static com.dylibso.chicory.wasm.types.OpCode.I64_REM_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_REM_U;
import static com.dylibso.chicory.wasm.types.OpCode.I64_ROTL;
import static com.dylibso.chicory.wasm.types.OpCode.I64_ROTR;
import static com.dylibso.chicory.wasm.types.OpCode.I64_SHL;
import static com.dylibso.chicory.wasm.types.OpCode.I64_SHR_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_SHR_U;
import static com.dylibso.chicory.wasm.types.OpCode.I64_SUB;
import static com.dylibso.chicory.wasm.types.OpCode.I64_TRUNC_F32_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_TRUNC_F32_U;
import static com.dylibso.chicory.wasm.types.OpCode.I64_TRUNC_F64_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_TRUNC_F64_U;
import static com.dylibso.chicory.wasm.types.OpCode.I64_TRUNC_SAT_F32_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_TRUNC_SAT_F32_U;
import static com.dylibso.chicory.wasm.types.OpCode.I64_TRUNC_SAT_F64_S;
import static com.dylibso.chicory.wasm.types.OpCode.I64_TRUNC_SAT_F64_U;
import static com.dylibso.chicory.wasm.types.OpCode.I64_XOR;
import static io.github.jdbcpglite.build.codegen.ModuleModel.ENGINE;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.EnumMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/**
 * The numeric instructions that are a fixed sequence of JVM instructions and helper calls.
 *
 * <p>Where the JVM's instruction is exact it is used: shifts mask their count as WebAssembly does,
 * and the float-to-int casts are the saturating conversions.
 */
final class NumericOps {
    private static final String INTEGER_OPS = ENGINE + "IntegerOps";
    private static final String FLOAT_OPS = ENGINE + "FloatOps";
    private static final String MATH = "java/lang/Math";
    private static final String INTEGER = "java/lang/Integer";
    private static final String LONG = "java/lang/Long";
    private static final String FLOAT = "java/lang/Float";
    private static final String DOUBLE = "java/lang/Double";

    /** Part of an instruction's translation. */
    private interface Step {
        void emit(Code code);
    }

    /** An instruction: the number of operands, the result's type, the translation. */
    private record Operation(int operands, char result, Step... steps) {}

    private final Map<OpCode, Operation> operations = new EnumMap<>(OpCode.class);

    NumericOps() {
        addI32();
        addI64();
        addF32();
        addF64();
        addTruncations();
    }

    /** Emits an instruction if it is one of these. */
    boolean emit(OpCode opcode, Code code) {
        Operation operation = operations.get(opcode);
        if (operation == null) {
            return false;
        }
        for (Step step : operation.steps()) {
            step.emit(code);
        }
        code.pop(operation.operands());
        code.push(operation.result());
        return true;
    }

    private void add(OpCode opcode, int operands, char result, Step... steps) {
        operations.put(opcode, new Operation(operands, result, steps));
    }

    private static Step op(int opcode) {
        return code -> code.op(opcode);
    }

    private static Step call(String owner, String name, String descriptor) {
        return code -> code.invokeStatic(owner, name, descriptor);
    }

    private void addI32() {
        add(I32_ADD, 2, 'I', op(Opcodes.IADD));
        add(I32_SUB, 2, 'I', op(Opcodes.ISUB));
        add(I32_MUL, 2, 'I', op(Opcodes.IMUL));
        add(I32_AND, 2, 'I', op(Opcodes.IAND));
        add(I32_OR, 2, 'I', op(Opcodes.IOR));
        add(I32_XOR, 2, 'I', op(Opcodes.IXOR));
        add(I32_SHL, 2, 'I', op(Opcodes.ISHL));
        add(I32_SHR_S, 2, 'I', op(Opcodes.ISHR));
        add(I32_SHR_U, 2, 'I', op(Opcodes.IUSHR));
        add(I32_ROTL, 2, 'I', call(INTEGER, "rotateLeft", "(II)I"));
        add(I32_ROTR, 2, 'I', call(INTEGER, "rotateRight", "(II)I"));
        add(I32_CLZ, 1, 'I', call(INTEGER, "numberOfLeadingZeros", "(I)I"));
        add(I32_CTZ, 1, 'I', call(INTEGER, "numberOfTrailingZeros", "(I)I"));
        add(I32_POPCNT, 1, 'I', call(INTEGER, "bitCount", "(I)I"));
        add(I32_DIV_S, 2, 'I', call(INTEGER_OPS, "i32DivS", "(II)I"));
        add(I32_DIV_U, 2, 'I', call(INTEGER_OPS, "i32DivU", "(II)I"));
        add(I32_REM_S, 2, 'I', call(INTEGER_OPS, "i32RemS", "(II)I"));
        add(I32_REM_U, 2, 'I', call(INTEGER_OPS, "i32RemU", "(II)I"));
        add(I32_EXTEND_8_S, 1, 'I', op(Opcodes.I2B));
        add(I32_EXTEND_16_S, 1, 'I', op(Opcodes.I2S));
        add(I32_WRAP_I64, 1, 'I', op(Opcodes.L2I));
        add(I32_REINTERPRET_F32, 1, 'I', call(FLOAT, "floatToRawIntBits", "(F)I"));
    }

    private void addI64() {
        add(I64_ADD, 2, 'J', op(Opcodes.LADD));
        add(I64_SUB, 2, 'J', op(Opcodes.LSUB));
        add(I64_MUL, 2, 'J', op(Opcodes.LMUL));
        add(I64_AND, 2, 'J', op(Opcodes.LAND));
        add(I64_OR, 2, 'J', op(Opcodes.LOR));
        add(I64_XOR, 2, 'J', op(Opcodes.LXOR));
        add(I64_SHL, 2, 'J', op(Opcodes.L2I), op(Opcodes.LSHL));
        add(I64_SHR_S, 2, 'J', op(Opcodes.L2I), op(Opcodes.LSHR));
        add(I64_SHR_U, 2, 'J', op(Opcodes.L2I), op(Opcodes.LUSHR));
        add(I64_ROTL, 2, 'J', op(Opcodes.L2I), call(LONG, "rotateLeft", "(JI)J"));
        add(I64_ROTR, 2, 'J', op(Opcodes.L2I), call(LONG, "rotateRight", "(JI)J"));
        add(I64_CLZ, 1, 'J', call(LONG, "numberOfLeadingZeros", "(J)I"), op(Opcodes.I2L));
        add(I64_CTZ, 1, 'J', call(LONG, "numberOfTrailingZeros", "(J)I"), op(Opcodes.I2L));
        add(I64_POPCNT, 1, 'J', call(LONG, "bitCount", "(J)I"), op(Opcodes.I2L));
        add(I64_DIV_S, 2, 'J', call(INTEGER_OPS, "i64DivS", "(JJ)J"));
        add(I64_DIV_U, 2, 'J', call(INTEGER_OPS, "i64DivU", "(JJ)J"));
        add(I64_REM_S, 2, 'J', call(INTEGER_OPS, "i64RemS", "(JJ)J"));
        add(I64_REM_U, 2, 'J', call(INTEGER_OPS, "i64RemU", "(JJ)J"));
        add(I64_EXTEND_8_S, 1, 'J', op(Opcodes.L2I), op(Opcodes.I2B), op(Opcodes.I2L));
        add(I64_EXTEND_16_S, 1, 'J', op(Opcodes.L2I), op(Opcodes.I2S), op(Opcodes.I2L));
        add(I64_EXTEND_32_S, 1, 'J', op(Opcodes.L2I), op(Opcodes.I2L));
        add(I64_EXTEND_I32_S, 1, 'J', op(Opcodes.I2L));
        add(
                I64_EXTEND_I32_U,
                1,
                'J',
                op(Opcodes.I2L),
                code -> code.constant('J', 0xFFFFFFFFL),
                op(Opcodes.LAND));
        add(I64_REINTERPRET_F64, 1, 'J', call(DOUBLE, "doubleToRawLongBits", "(D)J"));
    }

    private void addF32() {
        add(F32_ADD, 2, 'F', op(Opcodes.FADD));
        add(F32_SUB, 2, 'F', op(Opcodes.FSUB));
        add(F32_MUL, 2, 'F', op(Opcodes.FMUL));
        add(F32_DIV, 2, 'F', op(Opcodes.FDIV));
        add(F32_MIN, 2, 'F', call(FLOAT_OPS, "f32Min", "(FF)F"));
        add(F32_MAX, 2, 'F', call(FLOAT_OPS, "f32Max", "(FF)F"));
        add(F32_ABS, 1, 'F', call(FLOAT_OPS, "f32Abs", "(F)F"));
        add(F32_NEG, 1, 'F', call(FLOAT_OPS, "f32Neg", "(F)F"));
        add(F32_COPYSIGN, 2, 'F', call(FLOAT_OPS, "f32Copysign", "(FF)F"));
        add(F32_CEIL, 1, 'F', call(FLOAT_OPS, "f32Ceil", "(F)F"));
        add(F32_FLOOR, 1, 'F', call(FLOAT_OPS, "f32Floor", "(F)F"));
        add(F32_NEAREST, 1, 'F', call(FLOAT_OPS, "f32Nearest", "(F)F"));
        add(F32_SQRT, 1, 'F', call(FLOAT_OPS, "f32Sqrt", "(F)F"));
        add(F32_TRUNC, 1, 'F', call(FLOAT_OPS, "f32Trunc", "(F)F"));
        add(F32_CONVERT_I32_S, 1, 'F', op(Opcodes.I2F));
        add(F32_CONVERT_I32_U, 1, 'F', call(FLOAT_OPS, "f32ConvertI32U", "(I)F"));
        add(F32_CONVERT_I64_S, 1, 'F', op(Opcodes.L2F));
        add(F32_CONVERT_I64_U, 1, 'F', call(FLOAT_OPS, "f32ConvertI64U", "(J)F"));
        add(F32_DEMOTE_F64, 1, 'F', op(Opcodes.D2F));
        add(F32_REINTERPRET_I32, 1, 'F', call(FLOAT, "intBitsToFloat", "(I)F"));
    }

    private void addF64() {
        add(F64_ADD, 2, 'D', op(Opcodes.DADD));
        add(F64_SUB, 2, 'D', op(Opcodes.DSUB));
        add(F64_MUL, 2, 'D', op(Opcodes.DMUL));
        add(F64_DIV, 2, 'D', op(Opcodes.DDIV));
        add(F64_MIN, 2, 'D', call(FLOAT_OPS, "f64Min", "(DD)D"));
        add(F64_MAX, 2, 'D', call(FLOAT_OPS, "f64Max", "(DD)D"));
        add(F64_ABS, 1, 'D', call(FLOAT_OPS, "f64Abs", "(D)D"));
        add(F64_NEG, 1, 'D', call(FLOAT_OPS, "f64Neg", "(D)D"));
        add(F64_COPYSIGN, 2, 'D', call(FLOAT_OPS, "f64Copysign", "(DD)D"));
        add(F64_CEIL, 1, 'D', call(FLOAT_OPS, "f64Ceil", "(D)D"));
        add(F64_FLOOR, 1, 'D', call(FLOAT_OPS, "f64Floor", "(D)D"));
        add(F64_NEAREST, 1, 'D', call(MATH, "rint", "(D)D"));
        add(F64_SQRT, 1, 'D', call(MATH, "sqrt", "(D)D"));
        add(F64_TRUNC, 1, 'D', call(FLOAT_OPS, "f64Trunc", "(D)D"));
        add(F64_CONVERT_I32_S, 1, 'D', op(Opcodes.I2D));
        add(F64_CONVERT_I32_U, 1, 'D', call(FLOAT_OPS, "f64ConvertI32U", "(I)D"));
        add(F64_CONVERT_I64_S, 1, 'D', op(Opcodes.L2D));
        add(F64_CONVERT_I64_U, 1, 'D', call(FLOAT_OPS, "f64ConvertI64U", "(J)D"));
        add(F64_PROMOTE_F32, 1, 'D', op(Opcodes.F2D));
        add(F64_REINTERPRET_I64, 1, 'D', call(DOUBLE, "longBitsToDouble", "(J)D"));
    }

    private void addTruncations() {
        add(I32_TRUNC_F32_S, 1, 'I', op(Opcodes.F2D), call(FLOAT_OPS, "i32TruncS", "(D)I"));
        add(I32_TRUNC_F32_U, 1, 'I', op(Opcodes.F2D), call(FLOAT_OPS, "i32TruncU", "(D)I"));
        add(I32_TRUNC_SAT_F32_S, 1, 'I', op(Opcodes.F2I));
        add(I32_TRUNC_SAT_F32_U, 1, 'I', op(Opcodes.F2D), call(FLOAT_OPS, "i32TruncSatU", "(D)I"));
        add(I32_TRUNC_F64_S, 1, 'I', call(FLOAT_OPS, "i32TruncS", "(D)I"));
        add(I32_TRUNC_F64_U, 1, 'I', call(FLOAT_OPS, "i32TruncU", "(D)I"));
        add(I32_TRUNC_SAT_F64_S, 1, 'I', op(Opcodes.D2I));
        add(I32_TRUNC_SAT_F64_U, 1, 'I', call(FLOAT_OPS, "i32TruncSatU", "(D)I"));
        add(I64_TRUNC_F32_S, 1, 'J', op(Opcodes.F2D), call(FLOAT_OPS, "i64TruncS", "(D)J"));
        add(I64_TRUNC_F32_U, 1, 'J', op(Opcodes.F2D), call(FLOAT_OPS, "i64TruncU", "(D)J"));
        add(I64_TRUNC_SAT_F32_S, 1, 'J', op(Opcodes.F2L));
        add(I64_TRUNC_SAT_F32_U, 1, 'J', op(Opcodes.F2D), call(FLOAT_OPS, "i64TruncSatU", "(D)J"));
        add(I64_TRUNC_F64_S, 1, 'J', call(FLOAT_OPS, "i64TruncS", "(D)J"));
        add(I64_TRUNC_F64_U, 1, 'J', call(FLOAT_OPS, "i64TruncU", "(D)J"));
        add(I64_TRUNC_SAT_F64_S, 1, 'J', op(Opcodes.D2L));
        add(I64_TRUNC_SAT_F64_U, 1, 'J', call(FLOAT_OPS, "i64TruncSatU", "(D)J"));
    }
}
