package io.github.jdbcpglite.build.clang;

import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Clang, lld and what they load, unpacked. Thread-safe. */
public final class Toolchain {
    /** The programs, and the libraries that they load. */
    private static final List<String> PROGRAMS = List.of("clang", "lld", "llvm-ar");

    private static final List<String> LIBRARIES = List.of("libLLVM.so", "libclang-cpp.so");

    /** Further names of files: under them programs do other work and libraries are looked for. */
    private static final Map<String, String> LINKS =
            Map.of(
                    "ld.lld", "lld",
                    "ld64.lld", "lld",
                    "lld-link", "lld",
                    "llvm-dlltool", "llvm-ar",
                    "libLLVM.so.20.1", "libLLVM.so",
                    "libclang-cpp.so.20.1", "libclang-cpp.so");

    private static final Duration TIMEOUT = Duration.ofMinutes(20);

    private final Path directory;

    private Toolchain(Path directory) {
        this.directory = directory;
    }

    /** Returns whether the jar with the programs is on the class path. */
    public static boolean isPresent() {
        return LlvmJar.find().isPresent();
    }

    /**
     * Returns the programs, unpacked if they are not yet.
     *
     * @param cache directory that outlives builds
     * @param progress where unpacking is reported
     * @throws PipelineException if the jar is not on the class path
     * @throws IOException if the cache cannot be read or written
     */
    public static Toolchain unpack(Path cache, Progress progress) throws IOException {
        LlvmJar jar =
                LlvmJar.find()
                        .orElseThrow(
                                () ->
                                        new PipelineException(
                                                "Clang is not on the class path, since there is no"
                                                        + " org.bytedeco:llvm for "
                                                        + LlvmJar.platform()
                                                        + " among the dependencies"
                                                        + "."));
        List<String> files = new ArrayList<>(PROGRAMS);
        files.addAll(LIBRARIES);
        Path directory = cache.toAbsolutePath().resolve(jar.name(files));
        if (!Files.isDirectory(directory)) {
            progress.line("unpacking clang to " + directory);
            unpack(jar, files, directory);
        }
        return new Toolchain(directory);
    }

    private static void unpack(LlvmJar jar, List<String> files, Path directory) throws IOException {
        Files.createDirectories(directory.getParent());
        Path scratch = Files.createTempDirectory(directory.getParent(), ".unpack-");
        try {
            jar.extract(files, scratch);
            for (String program : PROGRAMS) {
                makeExecutable(scratch.resolve(program));
            }
            for (Map.Entry<String, String> link : LINKS.entrySet()) {
                Files.createSymbolicLink(scratch.resolve(link.getKey()), Path.of(link.getValue()));
            }
            Files.move(scratch, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another build was faster.
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        } finally {
            FileTrees.delete(scratch);
        }
    }

    private static void makeExecutable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    /** Returns a name that changes with the programs. */
    String id() {
        return String.valueOf(directory.getFileName());
    }

    /**
     * Runs one of the programs and waits for its end.
     *
     * @param program its name
     * @param arguments its arguments
     * @throws PipelineException if it fails; the message has the end of what it wrote
     * @throws IOException if it cannot be started
     */
    public void run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(directory.resolve(program).toString());
        command.addAll(arguments);
        ChildProgram.run(command, TIMEOUT);
    }
}
