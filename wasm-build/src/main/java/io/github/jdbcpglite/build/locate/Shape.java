package io.github.jdbcpglite.build.locate;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A checksum of a function without what a linker decides: indexes of functions, types and globals
 * and addresses of data do not count, and neither does the place of a function in the table.
 */
enum Shape {
    /** Constants that may be a place in the table count: most are no such place. */
    STRICT,

    /** No constant of 32 bits counts. */
    LOOSE;

    private static final int DIGITS = 16;

    /** Returns the checksum of a function that the module defines, 16 hexadecimal digits. */
    String of(ModuleCode module, int function) {
        StringBuilder text = new StringBuilder();
        append(text, module.type(function));
        for (ValType local : module.module().body(function).locals()) {
            text.append(local.code()).append(' ');
        }
        for (Instruction each : module.code(function)) {
            text.append('\n').append(each.op()).append(' ');
            appendImmediates(text, module, each);
        }
        return Hashes.ofBytes(text.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, DIGITS);
    }

    private void appendImmediates(StringBuilder text, ModuleCode module, Instruction each) {
        int op = each.op();
        if (Opcodes.hasMemArg(op)) {
            text.append(each.extra()).append(' ');
            appendNumber(text, module, each.immediate());
            return;
        }
        switch (op) {
            case Opcodes.CALL, Opcodes.REF_FUNC -> appendCallee(text, module, each.index());
            case Opcodes.CALL_INDIRECT -> append(text, module.module().types().get(each.index()));
            case Opcodes.BLOCK, Opcodes.LOOP, Opcodes.IF -> {
                if (each.immediate() < 0) {
                    text.append(each.immediate());
                } else {
                    append(text, module.module().types().get(each.index()));
                }
            }
            case Opcodes.GLOBAL_GET, Opcodes.GLOBAL_SET -> text.append('g');
            case Opcodes.I32_CONST -> {
                if (this == STRICT) {
                    appendNumber(text, module, each.immediate());
                }
            }
            default -> text.append(each.immediate()).append(each.extra()).append(each.labels());
        }
    }

    private static void appendNumber(StringBuilder text, ModuleCode module, long number) {
        if (module.looksLikeAddress(number)) {
            text.append('a');
        } else {
            text.append(number);
        }
    }

    private static void appendCallee(StringBuilder text, ModuleCode module, int function) {
        if (function < module.firstFunction()) {
            text.append(module.importName(function));
        } else {
            append(text, module.type(function));
        }
    }

    private static void append(StringBuilder text, FuncType type) {
        append(text, type.params());
        append(text.append(':'), type.results());
    }

    private static void append(StringBuilder text, List<ValType> types) {
        for (ValType each : types) {
            text.append(each.code()).append(' ');
        }
    }
}
