package io.github.jdbcpglite.build.engine;

import io.github.jdbcpglite.build.clang.Clang;
import io.github.jdbcpglite.build.clang.NativeTarget;
import io.github.jdbcpglite.build.clang.Toolchain;
import io.github.jdbcpglite.build.nativecode.Translator;
import io.github.jdbcpglite.build.nativecode.TranslatorOptions;
import io.github.jdbcpglite.build.nativelibrary.RuntimeSources;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.engine.nativecode.NativeDistribution;
import io.github.jdbcpglite.engine.nativecode.NativeEngine;
import io.github.jdbcpglite.engine.nativecode.NativePlatform;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes native code of modules of tests, as the build does of PGlite's. */
public final class NativeCode {
    private static final Path CACHE =
            Path.of(System.getProperty("user.home"), ".cache", "jdbc-pglite");

    private static @Nullable NativeEngine memoryEngine;

    private NativeCode() {}

    /** Returns whether there is a compiler for this platform. */
    public static boolean canBeMade() {
        return Toolchain.isPresent() && target() != null;
    }

    private static @Nullable NativeTarget target() {
        return Arrays.stream(NativeTarget.values())
                .filter(each -> each.id().equals(NativePlatform.current()))
                .findFirst()
                .orElse(null);
    }

    /** Returns an engine that has no module. */
    static synchronized NativeEngine engine() throws Exception {
        NativeEngine made = memoryEngine;
        if (made == null) {
            made = engine(Map.of());
            memoryEngine = made;
        }
        return made;
    }

    /** Returns an engine that has the code of modules, by their code names. */
    public static NativeEngine engine(Map<String, byte[]> modules) throws Exception {
        NativeTarget target = target();
        if (target == null) {
            throw new IllegalStateException("no target for " + NativePlatform.current());
        }
        Path root = Files.createTempDirectory("native-code-");
        Path runtime = Files.createDirectories(root.resolve("runtime"));
        RuntimeSources sources = RuntimeSources.read();
        sources.write(runtime);
        Path folder = root.resolve(NativeDistribution.ROOT + target.id());
        Files.createDirectories(folder);
        Clang clang = new Clang(Toolchain.unpack(CACHE, line -> {}), CACHE, target, List.of());
        Map<String, String> list = new LinkedHashMap<>();
        Path engine = folder.resolve("engine");
        link(clang, runtime, paths(runtime, sources.ofEngine(target)), engine);
        put(list, NativeDistribution.KEY_ENGINE, engine);
        if (!modules.isEmpty()) {
            Path library = folder.resolve("modules");
            List<Path> files = paths(runtime, sources.ofModules());
            files.addAll(translate(modules, root.resolve("translated")));
            link(clang, runtime, files, library);
            String key = NativeDistribution.KEY_LIBRARY + 0;
            put(list, key, library);
            List<String> names = new ArrayList<>();
            modules.forEach((name, wasm) -> names.add(name + ":" + Hashes.ofBytes(wasm)));
            list.put(key + NativeDistribution.KEY_MODULES, String.join(" ", names));
        }
        StringBuilder text = new StringBuilder();
        list.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        Files.writeString(folder.resolve(NativeDistribution.LIST), text);
        URLClassLoader loader = new URLClassLoader(new URL[] {root.toUri().toURL()}, null);
        return NativeDistribution.find(loader).engine();
    }

    private static List<Path> paths(Path directory, List<String> files) {
        List<Path> paths = new ArrayList<>();
        files.forEach(file -> paths.add(directory.resolve(file)));
        return paths;
    }

    private static List<Path> translate(Map<String, byte[]> modules, Path directory)
            throws IOException {
        List<Path> files = new ArrayList<>();
        StringBuilder symbols = new StringBuilder();
        StringBuilder list = new StringBuilder("const module *const library_modules[] = {\n");
        for (Map.Entry<String, byte[]> module : modules.entrySet()) {
            Path own = Files.createDirectories(directory.resolve(module.getKey()));
            TranslatorOptions options = TranslatorOptions.of(module.getKey(), module.getValue());
            for (Map.Entry<String, String> file :
                    Translator.translate(module.getValue(), options).entrySet()) {
                Path path = Files.writeString(own.resolve(file.getKey()), file.getValue());
                if (file.getKey().endsWith(".c")) {
                    files.add(path);
                }
            }
            String symbol = Translator.symbol(module.getKey());
            symbols.append("extern const module ").append(symbol).append(";\n");
            list.append("  &").append(symbol).append(",\n");
        }
        files.add(
                Files.writeString(
                        directory.resolve("modules.c"),
                        "#include \"guest.h\"\n" + symbols + list + "  0,\n};\n"));
        return files;
    }

    private static void link(Clang clang, Path runtime, List<Path> files, Path library)
            throws IOException {
        List<Path> objects = clang.compile(files, List.of(runtime));
        clang.link(objects, library, library.resolveSibling("symbols"), List.of());
    }

    private static void put(Map<String, String> list, String key, Path library) throws IOException {
        list.put(key, String.valueOf(library.getFileName()));
        list.put(key + NativeDistribution.KEY_SHA256, Hashes.ofFile(library));
    }
}
