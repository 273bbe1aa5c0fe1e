package io.github.jdbcpglite.build.nativelibrary;

import io.github.jdbcpglite.build.clang.Clang;
import io.github.jdbcpglite.build.clang.NativeTarget;
import io.github.jdbcpglite.build.clang.Toolchain;
import io.github.jdbcpglite.build.compile.ModuleList;
import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.engine.nativecode.NativeDistribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compiles and links the native libraries for a target: the engine's, and one for each source. The
 * output is a root of the class path, as {@link NativeDistribution} reads it.
 */
final class NativeLibraryStage implements Stage {
    /** Directory beside the output of the libraries with the names of their functions. */
    private static final String SYMBOLS = "-symbols";

    private static final String PREFIX = "jdbcpglite-";
    private static final String ENGINE = "engine";

    /** A signal handler of it stays with the process. */
    private static final List<String> ENGINE_LINK = List.of("-z", "nodelete");

    private final Path work;
    private final Path cache;
    private final NativeTarget target;
    private final List<LibrarySource> sources;

    /**
     * Creates the stage.
     *
     * @param work directory of the stages' outputs, with those of {@link TranslateStage}
     * @param cache directory of what outlives builds: the programs and the objects
     * @param target what it compiles for
     * @param sources what the libraries are made of
     */
    NativeLibraryStage(Path work, Path cache, NativeTarget target, List<LibrarySource> sources) {
        this.work = work;
        this.cache = cache;
        this.target = target;
        this.sources = List.copyOf(sources);
    }

    @Override
    public String name() {
        return "native-" + target.id();
    }

    @Override
    public StageInputs inputs() {
        try {
            StageInputs inputs =
                    StageInputs.none().parameter("runtime", RuntimeSources.read().hash());
            for (LibrarySource source : sources) {
                inputs = inputs.file(source.name(), translated(source));
                for (LibrarySource.Modules modules : source.modules()) {
                    String key = source.name() + " " + modules.compiled().getFileName();
                    inputs = inputs.file(key, ModuleList.file(modules.compiled()));
                }
            }
            return inputs.code(NativeLibraryStage.class, Clang.class, NativeDistribution.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path translated(LibrarySource source) {
        return work.resolve(new TranslateStage(source).name());
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        Path folder = output.resolve(NativeDistribution.ROOT + target.id());
        Files.createDirectories(folder);
        Path symbols = output.resolveSibling(output.getFileName() + SYMBOLS);
        Files.createDirectories(symbols);
        Path runtime = Files.createTempDirectory(output.getParent(), ".runtime-");
        try {
            RuntimeSources runtimeSources = RuntimeSources.read();
            runtimeSources.write(runtime);
            Toolchain toolchain = Toolchain.unpack(cache, progress);
            Linkage linkage =
                    new Linkage(
                            new Clang(toolchain, cache, target, List.of()),
                            runtime,
                            folder,
                            symbols);
            linkage.link(
                    ENGINE, paths(runtime, runtimeSources.ofEngine(target)), ENGINE_LINK, progress);
            for (LibrarySource source : sources) {
                List<Path> files = paths(runtime, runtimeSources.ofModules());
                files.addAll(translations(source));
                linkage.link(source.name(), files, List.of(), progress);
            }
            writeList(folder);
        } finally {
            FileTrees.delete(runtime);
        }
    }

    private static List<Path> paths(Path directory, List<String> files) {
        return files.stream()
                .map(directory::resolve)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<Path> translations(LibrarySource source) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String file : FileTrees.files(translated(source))) {
            if (file.endsWith(".c")) {
                files.add(translated(source).resolve(file));
            }
        }
        if (files.isEmpty()) {
            throw new PipelineException(translated(source) + " has no C files");
        }
        return files;
    }

    /** Compiles and links one library after the other. */
    private record Linkage(Clang clang, Path runtime, Path folder, Path symbols) {
        void link(String name, List<Path> files, List<String> arguments, Progress progress)
                throws IOException {
            String file = clang.target().libraryName(PREFIX + name);
            List<Path> objects = clang.compile(files, List.of(runtime));
            clang.link(objects, folder.resolve(file), symbols.resolve(file), arguments);
            progress.line(
                    file
                            + ": "
                            + files.size()
                            + " files, "
                            + Files.size(folder.resolve(file))
                            + " bytes");
        }
    }

    private void writeList(Path folder) throws IOException {
        SortedMap<String, String> list = new TreeMap<>();
        putLibrary(list, NativeDistribution.KEY_ENGINE, ENGINE, folder);
        for (int i = 0; i < sources.size(); i++) {
            String key = NativeDistribution.KEY_LIBRARY + i;
            putLibrary(list, key, sources.get(i).name(), folder);
            List<String> names = new ArrayList<>();
            for (LibrarySource.Modules modules : sources.get(i).modules()) {
                ModuleList.read(modules.compiled())
                        .forEach(
                                module -> names.add(module.machineClass() + ":" + module.sha256()));
            }
            list.put(key + NativeDistribution.KEY_MODULES, String.join(" ", names));
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : list.entrySet()) {
            text.append(entry.getKey()).append('=').append(entry.getValue()).append('\n');
        }
        Files.writeString(folder.resolve(NativeDistribution.LIST), text);
    }

    private void putLibrary(Map<String, String> list, String key, String name, Path folder)
            throws IOException {
        String file = target.libraryName(PREFIX + name);
        list.put(key, file);
        list.put(key + NativeDistribution.KEY_SHA256, Hashes.ofFile(folder.resolve(file)));
    }
}
