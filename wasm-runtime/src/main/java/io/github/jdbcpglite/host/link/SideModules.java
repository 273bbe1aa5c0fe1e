package io.github.jdbcpglite.host.link;

import io.github.jdbcpglite.engine.LibraryModule;
import org.jspecify.annotations.Nullable;

/** Finds the compiled form of a shared library by its path in the guest's file system. */
@FunctionalInterface
public interface SideModules {
    /**
     * Returns the compiled module, or {@code null} if none was compiled for that path.
     *
     * @param path absolute path of the library in the guest's file system
     */
    @Nullable LibraryModule find(String path);
}
