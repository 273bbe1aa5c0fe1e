package io.github.jdbcpglite.engine.nativecode;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads the engine's library, once in a class loader, and libraries of modules. */
public final class NativeLibraries {
    private static @Nullable NativeEngine engine;

    private NativeLibraries() {}

    /**
     * Loads libraries.
     *
     * @param engineLibrary file of the engine's library
     * @param moduleLibraries files of libraries of modules, which add to those already loaded
     * @return the engine
     * @throws UnsatisfiedLinkError if the system refuses one
     */
    public static synchronized NativeEngine load(Path engineLibrary, List<Path> moduleLibraries) {
        NativeEngine loaded = engine;
        if (loaded == null) {
            System.load(engineLibrary.toString());
            if (!Native.installFaultHandler()) {
                throw new UnsatisfiedLinkError("faults of native code cannot be handled");
            }
            loaded = new NativeEngine(Header.ask());
            engine = loaded;
        }
        for (Path library : moduleLibraries) {
            System.load(library.toString());
        }
        return loaded;
    }
}
