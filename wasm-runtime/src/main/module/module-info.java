/** Runs PGlite's module in the JVM: memory, host functions, file systems, processes. */
module io.github.jdbcpglite.wasm {
    requires com.dylibso.chicory.runtime;
    requires com.dylibso.chicory.wasm;
    requires org.apache.commons.compress;
    requires static org.jspecify;

    exports io.github.jdbcpglite.wasm;
    exports io.github.jdbcpglite.wasm.io;
    // For bundles of extensions, and for the classes that the build generates.
    exports io.github.jdbcpglite.wasm.image;
    exports io.github.jdbcpglite.wasm.engine;
    exports io.github.jdbcpglite.wasm.memory;
    exports io.github.jdbcpglite.wasm.emscripten;
    exports io.github.jdbcpglite.wasm.emscripten.program to io.github.jdbcpglite.jdbc.dump;

    uses io.github.jdbcpglite.wasm.image.ExtensionProvider;
}
