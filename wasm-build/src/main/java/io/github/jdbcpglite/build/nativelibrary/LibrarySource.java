package io.github.jdbcpglite.build.nativelibrary;

import java.nio.file.Path;
import java.util.List;

/**
 * What a native library is made of.
 *
 * @param name the library's name without what is the same in all
 * @param modules its modules
 */
public record LibrarySource(String name, List<Modules> modules) {
    /** Copies the list. */
    public LibrarySource {
        modules = List.copyOf(modules);
    }

    /**
     * Modules that one stage has made.
     *
     * @param wasm directory with the modules by guest path, as they were before functions were
     *     split for the JVM
     * @param compiled output of the stage that compiled them to classes, whose list names them
     */
    public record Modules(Path wasm, Path compiled) {}
}
