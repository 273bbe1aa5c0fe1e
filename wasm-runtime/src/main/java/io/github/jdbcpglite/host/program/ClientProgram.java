package io.github.jdbcpglite.host.program;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.ModuleException;
import io.github.jdbcpglite.engine.ModuleParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A compiled client program. Thread-safe; each run is on the thread of its caller. */
public final class ClientProgram {
    private final Engine engine;
    private final MainModule module;

    private ClientProgram(Engine engine, MainModule module) {
        this.engine = engine;
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
     * @param engine what runs it
     * @param loader where it is found
     * @param packageName the package of its classes, with {@code module.wasm} beside them
     * @throws IllegalStateException if a part is missing or damaged
     */
    public static ClientProgram load(Engine engine, ClassLoader loader, String packageName) {
        Parts parts = new Parts(loader, packageName);
        try {
            return new ClientProgram(engine, engine.loadMain(parts));
        } catch (ModuleException e) {
            throw new IllegalStateException(
                    parts.resource() + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** A program is stored as its interface alone. */
    private record Parts(ClassLoader loader, String packageName) implements ModuleParts {
        /** Its code is beside it, and of the same build. */
        @Override
        public String digest() {
            return "";
        }

        String resource() {
            return packageName.replace('.', '/') + "/module.wasm";
        }

        @Override
        public String codeName() {
            return packageName + ".PgliteMachine";
        }

        @Override
        public boolean has(Part part) {
            return part == Part.INTERFACE;
        }

        @Override
        public InputStream open(Part part) {
            InputStream in = loader.getResourceAsStream(resource());
            if (in == null) {
                throw new IllegalStateException(resource() + " is not on the class path");
            }
            return in;
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
        return ProgramRun.of(engine, module, name, streams).run(arguments);
    }
}
