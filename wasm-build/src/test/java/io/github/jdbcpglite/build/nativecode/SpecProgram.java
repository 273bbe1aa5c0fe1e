package io.github.jdbcpglite.build.nativecode;

import io.github.jdbcpglite.build.clang.Clang;
import io.github.jdbcpglite.build.spec.SpecTrap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** The program of spec_driver.c with the modules of a script, running. */
final class SpecProgram implements AutoCloseable {
    private static final String DRIVER = "spec_driver.c";

    /** The specification's words for each {@code trap_code} of guest.h. */
    private static final List<String> TRAPS =
            List.of(
                    "",
                    "unreachable",
                    "out of bounds memory access",
                    "integer overflow",
                    "integer divide by zero",
                    "invalid conversion to integer",
                    "undefined element",
                    "uninitialized element",
                    "indirect call type mismatch",
                    "out of bounds table access",
                    "call stack exhausted");

    private final List<byte[]> modules;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private SpecProgram(List<byte[]> modules, Process process) {
        this.modules = modules;
        this.process = process;
        this.commands =
                new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /**
     * Translates, compiles and starts modules.
     *
     * @param modules their binaries
     * @param clang what compiles
     * @param directory an empty directory
     */
    static SpecProgram start(List<byte[]> modules, Clang clang, Path directory) throws IOException {
        Path headers = Files.createDirectory(directory.resolve("include"));
        for (String header : List.of("guest.h", "operations.h")) {
            copy(header, headers.resolve(header));
        }
        List<Path> sources = new ArrayList<>();
        StringBuilder declarations = new StringBuilder("#include \"guest.h\"\n");
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < modules.size(); i++) {
            String name = "m" + i;
            SortedMap<String, String> files =
                    Translator.translate(
                            modules.get(i), new TranslatorOptions(name, false, name + "_"));
            sources.add(write(files, Files.createDirectory(directory.resolve(name))));
            declarations.append("extern const module ").append(Translator.symbol(name));
            declarations.append(";\n");
            table.append('&').append(Translator.symbol(name)).append(",\n");
        }
        Path list = directory.resolve("modules.c");
        Files.writeString(
                list, declarations + "const module *const modules[] = {\n" + table + "};\n");
        sources.add(list);
        Path driver = directory.resolve(DRIVER);
        copy(DRIVER, driver);
        sources.add(driver);
        Path program = directory.resolve("program");
        clang.linkProgram(clang.compile(sources, List.of(headers)), program);
        return new SpecProgram(modules, new ProcessBuilder(program.toString()).start());
    }

    /** Writes a module as one file: these are small and many. */
    private static Path write(SortedMap<String, String> files, Path directory) throws IOException {
        Files.writeString(
                directory.resolve(Translator.HEADER),
                Objects.requireNonNull(files.get(Translator.HEADER)));
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (file.getKey().endsWith(".c")) {
                all.append(file.getValue());
            }
        }
        Path source = directory.resolve("all.c");
        Files.writeString(source, all);
        return source;
    }

    private static void copy(String resource, Path target) throws IOException {
        try (var in = Translator.class.getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in), target);
        }
    }

    byte[] module(int number) {
        return modules.get(number);
    }

    /** Sends a command that has no result. */
    void send(String command, int module, Object... arguments) {
        StringBuilder line = new StringBuilder(command).append(' ').append(hex(module));
        for (Object argument : arguments) {
            line.append(' ');
            line.append(argument instanceof Number n ? hex(n.longValue()) : argument);
        }
        ask(line.toString());
    }

    /** Calls a function; returns its result, and what lies in the context. */
    long[] call(int module, int function, long... arguments) {
        StringBuilder line = new StringBuilder("call " + hex(module) + " " + hex(function));
        for (long argument : arguments) {
            line.append(' ').append(hex(argument));
        }
        return values(ask(line.toString()));
    }

    long read(int module, int global) {
        return values(ask("read " + hex(module) + " " + hex(global)))[0];
    }

    private static String hex(long value) {
        return Long.toHexString(value);
    }

    private static long[] values(String answer) {
        String[] words = answer.split(" ", -1);
        long[] values = new long[words.length - 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = Long.parseUnsignedLong(words[i + 1], 16);
        }
        if (words[0].equals("!")) {
            throw new SpecTrap(TRAPS.get((int) values[0]));
        }
        return values;
    }

    private String ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("the program ended at: " + command);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
