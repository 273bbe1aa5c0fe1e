package io.github.jdbcpglite.build.codegen;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.engine.NativeCode;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.ModuleException;
import io.github.jdbcpglite.engine.ModuleParts;
import io.github.jdbcpglite.engine.description.DescriptionCodec;
import io.github.jdbcpglite.engine.nativecode.NativeEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The guests of native code. It needs clang: {@code mvn verify -Pnative}. */
@EnabledIf("io.github.jdbcpglite.build.engine.NativeCode#canBeMade")
class NativeGuestContractTest extends AbstractGuestContractTest {
    /** Equal modules are compiled once. */
    private static final Map<String, NativeEngine> ENGINES = new HashMap<>();

    private @Nullable NativeEngine engine;
    private @Nullable MainModule module;

    /** What was captured of a module, with its native code elsewhere. */
    private record Captured(String codeName, String digest, Map<Part, byte[]> parts)
            implements ModuleParts {
        @Override
        public ClassLoader loader() {
            return Captured.class.getClassLoader();
        }

        @Override
        public boolean has(Part part) {
            return parts.containsKey(part);
        }

        @Override
        public InputStream open(Part part) {
            return new ByteArrayInputStream(Objects.requireNonNull(parts.get(part)));
        }
    }

    @Override
    Guest instantiate(WasmBuilder wasm, Map<String, HostFunction> hostFunctions) {
        byte[] bytes = wasm.toBytes();
        NativeEngine made = engine(bytes);
        MainModule loaded = made.loadMain(capture(wasm));
        engine = made;
        module = loaded;
        LinearMemory memory = made.newMemory(loaded, made.unlimitedAccount());
        return made.instantiate(loaded, memory, hostFunctions);
    }

    private static String codeName(byte[] wasm) {
        return "guest." + Hashes.ofBytes(wasm);
    }

    private static NativeEngine engine(byte[] wasm) {
        return ENGINES.computeIfAbsent(codeName(wasm), name -> compile(name, wasm));
    }

    @Override
    LibraryModule library(WasmBuilder wasm) {
        byte[] bytes = wasm.toBytes();
        return engine(bytes)
                .loadLibrary(new Captured(codeName(bytes), Hashes.ofBytes(bytes), Map.of()));
    }

    @Test
    void codeOfAnotherBuildIsRefused() {
        WasmBuilder wasm = new WasmBuilder().importMemory(1).dylink(16, 0);
        wasm.importGlobal("__memory_base", 'I', false);
        byte[] bytes = wasm.toBytes();
        NativeEngine made = engine(bytes);
        assertThatThrownBy(() -> made.loadLibrary(new Captured(codeName(bytes), "0", Map.of())))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining(codeName(bytes));
    }

    private static NativeEngine compile(String codeName, byte[] wasm) {
        try {
            return NativeCode.engine(Map.of(codeName, wasm));
        } catch (Exception e) { // whatever it is, the test fails
            throw new AssertionError("no native code", e);
        }
    }

    private static Captured capture(WasmBuilder wasm) {
        CapturedInstance captured = CapturedInstance.of(wasm.parse());
        try {
            ByteArrayOutputStream state = new ByteArrayOutputStream();
            DescriptionCodec.write(captured.description(), new DataOutputStream(state));
            ByteArrayOutputStream memory = new ByteArrayOutputStream();
            captured.memory().write(new DataOutputStream(memory));
            byte[] bytes = wasm.toBytes();
            return new Captured(
                    codeName(bytes),
                    Hashes.ofBytes(bytes),
                    Map.of(
                            ModuleParts.Part.STATE, state.toByteArray(),
                            ModuleParts.Part.MEMORY, memory.toByteArray()));
        } catch (IOException e) {
            throw new AssertionError("not from arrays", e);
        }
    }

    @Override
    Guest fork(Guest parent, Map<String, HostFunction> hostFunctions) {
        NativeEngine own = Objects.requireNonNull(engine);
        LinearMemory memory = own.restore(parent.memory().freeze(), own.unlimitedAccount());
        return own.instantiate(Objects.requireNonNull(module), memory, hostFunctions);
    }
}
