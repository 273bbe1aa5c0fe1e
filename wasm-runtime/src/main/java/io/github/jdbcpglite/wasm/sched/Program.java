package io.github.jdbcpglite.wasm.sched;

import io.github.jdbcpglite.wasm.emscripten.CompiledModule;
import io.github.jdbcpglite.wasm.emscripten.link.SideModules;
import io.github.jdbcpglite.wasm.fs.FileSystem;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of a cluster run and see.
 *
 * @param mainModule PostgreSQL, compiled
 * @param sideModules its shared libraries, compiled
 * @param missing what to say to whoever asks for an extension that is not there, by its name, or
 *     {@code null} for PostgreSQL's own hint
 * @param files the program's files, devices and the data directory
 */
public record Program(
        CompiledModule mainModule,
        SideModules sideModules,
        UnaryOperator<@Nullable String> missing,
        FileSystem files) {

    /** Makes a program without hints of its own. */
    public Program(CompiledModule mainModule, SideModules sideModules, FileSystem files) {
        this(mainModule, sideModules, name -> null, files);
    }
}
