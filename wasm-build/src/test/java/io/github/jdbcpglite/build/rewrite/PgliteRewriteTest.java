package io.github.jdbcpglite.build.rewrite;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.release.PgliteRelease;
import io.github.jdbcpglite.build.release.ReleaseFunction;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What the rewrite refuses. That it accepts the released file, and what it makes of it, is tested
 * where that file is at hand.
 */
final class PgliteRewriteTest {
    private static final ReleaseFunction WAIT_FACTS =
            PgliteRelease.pinned().function("WaitEventSetWait");
    private static final String WAIT = "WaitEventSetWait (function " + WAIT_FACTS.index() + ")";

    private static final FunctionBody UNREACHABLE =
            new FunctionBody(
                    List.of(),
                    InstructionDecoder.encode(
                            List.of(
                                    Instruction.of(Opcodes.UNREACHABLE),
                                    Instruction.of(Opcodes.END))));

    @Test
    void refusesAnotherFileByItsDigest() {
        byte[] other = new WasmModule().toBytes();

        assertThatThrownBy(() -> PgliteRewrite.rewrite(other))
                .isInstanceOf(RewriteException.class)
                .hasMessageContaining("expected SHA-256 " + PgliteRewrite.INPUT_SHA256)
                // The digest of the eight bytes of an empty module.
                .hasMessageContaining(
                        "93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476");
    }

    @Test
    void namesAMissingFunction() {
        assertThatThrownBy(() -> PgliteRewrite.apply(new WasmModule()))
                .isInstanceOf(RewriteException.class)
                .hasMessage(WAIT + ": the module defines no such function");
    }

    @Test
    void namesAFunctionOfAnotherType() {
        WasmModule module = withFunctions(new FuncType(List.of(), List.of()));

        assertThatThrownBy(() -> PgliteRewrite.apply(module))
                .isInstanceOf(RewriteException.class)
                .hasMessageStartingWith(WAIT + ": expected type ");
    }

    @Test
    void namesAFunctionWithOtherInstructions() {
        WasmModule module =
                withFunctions(
                        new FuncType(Collections.nCopies(5, ValType.I32), List.of(ValType.I32)));

        assertThatThrownBy(() -> PgliteRewrite.apply(module))
                .isInstanceOf(RewriteException.class)
                .hasMessageContaining(
                        "expected instructions with CRC-32 "
                                + String.format(Locale.ROOT, "%08X", WAIT_FACTS.crc32()));
    }

    private static WasmModule withFunctions(FuncType type) {
        WasmModule module = new WasmModule();
        for (int i = 0; i <= WAIT_FACTS.index(); i++) {
            module.addFunction(type, UNREACHABLE);
        }
        return module;
    }
}
