package io.github.jdbcpglite.host.link;

import io.github.jdbcpglite.engine.LibraryModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the compiled form of a shared library by its path in the guest's file system. */
@FunctionalInterface
public interface SideModules {
    /**
     * Paths of libraries of our own with functions that others call and the main module does not
     * export. One is loaded when a library that is loaded misses a function of it; the guest does
     * not know of it, and its file system has no such file.
     */
    List<String> SUPPORT = List.of("/pglite/lib/support/conversions.so");

    /**
     * Returns the compiled module, or {@code null} if none was compiled for that path.
     *
     * @param path absolute path of the library in the guest's file system
     */
    @Nullable LibraryModule find(String path);
}
