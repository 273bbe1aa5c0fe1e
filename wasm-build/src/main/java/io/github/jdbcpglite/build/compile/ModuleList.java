package io.github.jdbcpglite.build.compile;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of modules a {@link CompileStage} made: {@code modules.list} with a line {@code CLASS
 * WASM SHA256 PATH} for each.
 */
public final class ModuleList {
    private static final String FILE = "modules.list";
    private static final int FIELDS = 4;

    private ModuleList() {}

    /**
     * A compiled module.
     *
     * @param machineClass its class
     * @param wasm the module without bodies, relative to the image's root
     * @param sha256 SHA-256 of what was compiled, in hexadecimal digits
     * @param guestPath its path in the guest's file system
     */
    public record Module(String machineClass, String wasm, String sha256, String guestPath) {}

    /** Returns the file with the list of a compile stage's output. */
    public static Path file(Path output) {
        return output.resolve(FILE);
    }

    static void write(Path output, List<Module> modules) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Module module : modules) {
            text.append(module.machineClass()).append(' ').append(module.wasm());
            text.append(' ').append(module.sha256());
            text.append(' ').append(module.guestPath()).append('\n');
        }
        Files.writeString(output.resolve(FILE), text);
    }

    /**
     * Reads a list of one module.
     *
     * @param output the output of a compile stage
     * @throws IOException if the list cannot be read
     */
    public static Module single(Path output) throws IOException {
        List<Module> modules = read(output);
        if (modules.size() != 1) {
            throw new PipelineException("expected one module in " + output + ": " + modules);
        }
        return modules.get(0);
    }

    /**
     * Reads the list.
     *
     * @param output the output of a compile stage
     * @throws IOException if the list cannot be read
     */
    public static List<Module> read(Path output) throws IOException {
        List<Module> modules = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve(FILE))) {
            String[] fields = line.split(" ", FIELDS);
            if (fields.length != FIELDS) {
                throw new PipelineException(output.resolve(FILE) + ": cannot read " + line);
            }
            modules.add(new Module(fields[0], fields[1], fields[2], fields[3]));
        }
        return modules;
    }
}
