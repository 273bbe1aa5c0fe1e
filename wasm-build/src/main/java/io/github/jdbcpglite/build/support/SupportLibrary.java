package io.github.jdbcpglite.build.support;

import io.github.jdbcpglite.build.clang.Toolchain;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.host.link.SideModules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A library of our own: a source in C, of which clang makes a side module. Immutable. */
final class SupportLibrary {
    private static final String SUFFIX = ".so";

    /**
     * Emscripten's conventions and instructions that every engine has. C23, which needs no headers;
     * integers wrap, and nothing is called that the main module lacks.
     */
    private static final List<String> COMPILER_FLAGS =
            List.of(
                    "--target=wasm32-unknown-emscripten",
                    "-mcpu=mvp",
                    "-std=gnu23",
                    "-Os",
                    "-ffreestanding",
                    "-fPIC",
                    "-fvisibility=hidden",
                    "-fwrapv",
                    "-fno-ident",
                    "-Wall",
                    "-Wextra",
                    "-Werror");

    private static final List<String> LINKER_FLAGS =
            List.of(
                    "-flavor",
                    "wasm",
                    "-shared",
                    "--experimental-pic",
                    "--strip-all",
                    "--unresolved-symbols=import-dynamic");

    private final String guestPath;
    private final String name;

    private SupportLibrary(String guestPath) {
        this.guestPath = guestPath;
        this.name =
                guestPath.substring(
                        guestPath.lastIndexOf('/') + 1, guestPath.length() - SUFFIX.length());
    }

    /** Returns all of them. */
    static List<SupportLibrary> all() {
        return SideModules.SUPPORT.stream().map(SupportLibrary::new).toList();
    }

    /** Returns the path at which the runtime looks for it. */
    String guestPath() {
        return guestPath;
    }

    /** Returns the name of the resource with the source. */
    String sourceName() {
        return name + ".c";
    }

    /** Returns the source. */
    byte[] source() throws IOException {
        return resource(sourceName());
    }

    /**
     * Compiles the source.
     *
     * @param toolchain clang and lld
     * @param directory where files may be made
     * @return the module, the same bytes for the same source and toolchain
     * @throws PipelineException if it cannot be compiled
     * @throws IOException if a file cannot be read or written
     */
    byte[] compile(Toolchain toolchain, Path directory) throws IOException {
        Path source = directory.resolve(sourceName());
        Path object = directory.resolve(name + ".o");
        Path linked = directory.resolve(name + ".wasm");
        Files.write(source, source());
        List<String> compiler = new ArrayList<>(COMPILER_FLAGS);
        compiler.addAll(List.of("-c", "-o", object.toString(), source.toString()));
        toolchain.run("clang", compiler);
        List<String> linker = new ArrayList<>(LINKER_FLAGS);
        linker.addAll(List.of("-o", linked.toString(), object.toString()));
        toolchain.run("lld", linker);
        return Files.readAllBytes(linked);
    }

    private static byte[] resource(String resource) throws IOException {
        try (InputStream in = SupportLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new PipelineException(resource + " is not among the resources");
            }
            return in.readAllBytes();
        }
    }
}
