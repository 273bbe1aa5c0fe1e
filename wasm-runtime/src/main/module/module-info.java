/** Runs PGlite's module in the JVM: memory, host functions, file systems, processes, clusters. */
module io.github.jdbcpglite.postgres {
    requires com.dylibso.chicory.runtime;
    requires com.dylibso.chicory.wasm;
    requires static org.jspecify;

    // What the driver sees.
    exports io.github.jdbcpglite.postgres;
    exports io.github.jdbcpglite.postgres.cluster;
    exports io.github.jdbcpglite.postgres.channel;
    exports io.github.jdbcpglite.platform to io.github.jdbcpglite.jdbc;
    // For bundles of extensions.
    exports io.github.jdbcpglite.postgres.extension;
    // For jars with native code.
    exports io.github.jdbcpglite.engine.nativecode.jar;
    // For the classes that the build generates.
    exports io.github.jdbcpglite.engine.bytecode;
    exports io.github.jdbcpglite.engine.bytecode.memory;
    exports io.github.jdbcpglite.host.program to io.github.jdbcpglite.jdbc.dump;

    uses io.github.jdbcpglite.engine.nativecode.jar.NativeCodeProvider;
    uses io.github.jdbcpglite.postgres.extension.ExtensionProvider;
}
