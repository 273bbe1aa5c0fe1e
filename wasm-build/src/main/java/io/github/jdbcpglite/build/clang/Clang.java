package io.github.jdbcpglite.build.clang;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Compiles C for a target and links it. */
public final class Clang {
    private static final String OBJECTS = "native-objects";

    private final Toolchain toolchain;
    private final Path objects;
    private final NativeTarget target;
    private final List<String> flags;

    /**
     * Creates a compiler.
     *
     * @param toolchain its programs
     * @param cache directory in which objects are kept between builds
     * @param target what it compiles for
     * @param moreFlags flags beside the target's
     */
    public Clang(Toolchain toolchain, Path cache, NativeTarget target, List<String> moreFlags) {
        this.toolchain = toolchain;
        this.objects = cache.resolve(OBJECTS);
        this.target = target;
        this.flags = new ArrayList<>(target.compilerFlags());
        this.flags.addAll(moreFlags);
    }

    /** Returns what it compiles for. */
    public NativeTarget target() {
        return target;
    }

    /**
     * Compiles files, as many at a time as there are processors.
     *
     * @param sources the C files
     * @param includes directories of headers, of which every file counts as included
     * @return the objects in the order of the files, in the cache
     * @throws PipelineException if one cannot be compiled
     * @throws IOException if a file cannot be read or written
     */
    public List<Path> compile(List<Path> sources, List<Path> includes) throws IOException {
        Files.createDirectories(objects);
        List<String> arguments = new ArrayList<>(flags);
        StringBuilder headers = new StringBuilder();
        for (Path include : includes) {
            arguments.add("-I" + include.toAbsolutePath());
            headers.append(headers(include));
        }
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService workers =
                Executors.newFixedThreadPool(threads, task -> new Thread(task, "clang"));
        try {
            List<Future<Path>> results = new ArrayList<>();
            for (Path source : sources) {
                results.add(workers.submit(() -> compile(source, arguments, headers.toString())));
            }
            List<Path> made = new ArrayList<>();
            for (Future<Path> result : results) {
                made.add(await(result));
            }
            return made;
        } finally {
            workers.shutdownNow();
        }
    }

    private static Path await(Future<Path> result) throws IOException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("interrupted while clang ran", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof PipelineException failure) {
                throw failure;
            }
            throw new IllegalStateException("clang could not be run", e);
        }
    }

    /** Returns the names and hashes of the headers in a directory. */
    private static String headers(Path directory) throws IOException {
        StringBuilder text = new StringBuilder();
        List<Path> files;
        try (Stream<Path> list = Files.list(directory)) {
            files = list.filter(file -> file.toString().endsWith(".h")).sorted().toList();
        }
        for (Path file : files) {
            text.append(file.getFileName()).append(' ').append(Hashes.ofFile(file)).append('\n');
        }
        return text.toString();
    }

    private Path compile(Path source, List<String> arguments, String headers) throws IOException {
        Path directory = source.toAbsolutePath().getParent();
        String made =
                String.join(
                        "\n",
                        toolchain.id(),
                        String.join(" ", flags),
                        headers,
                        directory == null ? "" : headers(directory),
                        Hashes.ofFile(source));
        String hash = Hashes.ofBytes(made.getBytes(StandardCharsets.UTF_8));
        Path object = objects.resolve(hash + ".o");
        if (Files.exists(object)) {
            return object;
        }
        Path fresh = Files.createTempFile(objects, ".compile-", ".o");
        try {
            List<String> all = new ArrayList<>(arguments);
            all.addAll(List.of("-c", "-o", fresh.toString(), source.toAbsolutePath().toString()));
            toolchain.run("clang", all);
            Files.move(fresh, object, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return object;
    }

    /**
     * Links a shared library that needs no other; what it does not define it finds in the process
     * that loads it.
     *
     * @param made the objects
     * @param library the library
     * @param withSymbols the same with the names of all functions, for debuggers and profilers
     * @param more arguments of the linker beside the usual ones
     * @throws PipelineException if they cannot be linked
     * @throws IOException if a file cannot be read or written
     */
    public void link(List<Path> made, Path library, Path withSymbols, List<String> more)
            throws IOException {
        if (!target.isLinux()) {
            throw new PipelineException("libraries for " + target.id() + " are not linked yet");
        }
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of("-shared", "--gc-sections", "--hash-style=gnu", "--build-id=sha1"));
        arguments.addAll(List.of("-z", "noexecstack", "-z", "undefs", "-z", "relro", "-z", "now"));
        arguments.addAll(more);
        arguments.addAll(List.of("-soname", String.valueOf(library.getFileName())));
        made.forEach(object -> arguments.add(object.toString()));
        run(arguments, withSymbols);
        arguments.add("--strip-all");
        run(arguments, library);
    }

    /**
     * Links a program that needs no library; it begins with the function {@code _start}.
     *
     * @param made the objects
     * @param program the program
     * @throws PipelineException if they cannot be linked
     * @throws IOException if a file cannot be read or written
     */
    public void linkProgram(List<Path> made, Path program) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-static"));
        made.forEach(object -> arguments.add(object.toString()));
        run(arguments, program);
    }

    private void run(List<String> arguments, Path output) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("-o", output.toString()));
        toolchain.run("ld.lld", all);
    }
}
