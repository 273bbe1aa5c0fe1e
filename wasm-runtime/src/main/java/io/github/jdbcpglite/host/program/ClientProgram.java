package io.github.jdbcpglite.host.program;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryImport;
import io.github.jdbcpglite.engine.bytecode.GeneratedModules;
import io.github.jdbcpglite.host.CompiledModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A compiled client program. Thread-safe; each run is on the thread of its caller. */
public final class ClientProgram {
    private final CompiledModule module;

    private ClientProgram(CompiledModule module) {
        this.module = module;
    }

    /**
     * Where the bytes of a run go and come from; the caller closes them.
     *
     * @param fromServer what the server sends; a read waits for a byte
     * @param toServer to the server
     * @param output standard output
     * @param errors standard error
     */
    public record Streams(
            InputStream fromServer,
            OutputStream toServer,
            OutputStream output,
            OutputStream errors) {}

    /**
     * Loads a program that the build has made.
     *
     * @param loader where it is found
     * @param packageName the package of its classes, with {@code module.wasm} beside them
     * @throws IllegalStateException if a part is missing or damaged
     */
    public static ClientProgram load(ClassLoader loader, String packageName) {
        String resource = packageName.replace('.', '/') + "/module.wasm";
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            byte[] bytes = in.readAllBytes();
            WasmModule parsed = Parser.parse(bytes);
            return new ClientProgram(
                    new CompiledModule(
                            parsed,
                            GeneratedModules.machineFactory(
                                    GeneratedModules.machines(
                                            packageName + ".PgliteMachine", loader))));
        } catch (IOException | ChicoryException | IllegalArgumentException e) {
            throw new IllegalStateException(resource + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * Runs the program.
     *
     * @param name its name, which it calls itself in messages
     * @param arguments without the name
     * @return its exit status
     * @throws IOException if its own files cannot be made
     */
    public int run(String name, List<String> arguments, Streams streams) throws IOException {
        return ProgramRun.of(module, memoryImport(), name, streams).run(arguments);
    }

    private MemoryImport memoryImport() {
        return module.module().importSection().stream()
                .filter(MemoryImport.class::isInstance)
                .map(MemoryImport.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the program imports no memory"));
    }
}
