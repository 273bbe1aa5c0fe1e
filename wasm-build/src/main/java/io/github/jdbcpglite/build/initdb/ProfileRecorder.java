package io.github.jdbcpglite.build.initdb;

import com.dylibso.chicory.wasm.Parser;
import io.github.jdbcpglite.build.codegen.CodeGenerator;
import io.github.jdbcpglite.build.codegen.CodeGeneratorOptions;
import io.github.jdbcpglite.build.compile.ImageClassLoader;
import io.github.jdbcpglite.build.compile.ModuleList;
import io.github.jdbcpglite.engine.bytecode.FunctionProfile;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.postmaster.Postmaster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records which functions of PostgreSQL are used together: by the start of a session, by typical
 * statements, by scripts that cover more, and by a boot. The groups are disjoint; each keeps the
 * order of first calls.
 *
 * <p>A command of its own, run by hand when the outlined module has changed: {@code ProfileRecorder
 * WORK OUTPUT [SCRIPT]...}, where WORK holds the stages' outputs.
 */
public final class ProfileRecorder {
    private static final String TYPICAL = "typical.sql";
    private static final int INDEXES_PER_LINE = 14;

    private final Path work;
    private final List<Path> scripts;
    private final StringBuilder text = new StringBuilder();
    private final Set<Integer> written = new HashSet<>();

    private ProfileRecorder(Path work, List<Path> scripts) {
        this.work = work;
        this.scripts = scripts;
    }

    /** Runs the command. */
    public static void main(String[] args) throws Exception {
        List<Path> scripts = new ArrayList<>();
        for (int i = 2; i < args.length; i++) {
            scripts.add(Path.of(args[i]));
        }
        ProfileRecorder recorder = new ProfileRecorder(Path.of(args[0]), scripts);
        recorder.record();
        Files.writeString(Path.of(args[1]), recorder.text);
    }

    private void record() throws Exception {
        text.append("# Functions of PostgreSQL by use; written by ProfileRecorder\n");
        Path classes = work.resolve("profiled-classes");
        ModuleList.Module main = ModuleList.single(work.resolve("compile"));
        generate(main, classes);
        try (ImageClassLoader loader =
                new ImageClassLoader(classes, work.resolve("assemble"), work.resolve("capture"))) {
            Distribution image = Distribution.load(loader);
            BuildHost host = new BuildHost(image);
            BootStage.addDataDirectory(work.resolve("initdb"), host.files());
            try (Postmaster cluster = BootStage.boot(image, host)) {
                List<Integer> boot = FunctionProfile.take();
                WireSession.open(cluster).close();
                FunctionProfile.take();
                runSessions(cluster);
                group("boot", boot);
            }
        }
    }

    private void generate(ModuleList.Module main, Path classes) throws IOException {
        Path wasm = work.resolve("outline").resolve(main.guestPath().substring(1));
        CodeGeneratorOptions options = CodeGeneratorOptions.of(main.machineClass()).withProfile();
        var generated = CodeGenerator.generate(Parser.parse(Files.readAllBytes(wasm)), options);
        for (var each : generated.classes().entrySet()) {
            Path file = classes.resolve(each.getKey() + ".class");
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, each.getValue());
        }
    }

    private void runSessions(Postmaster cluster) throws Exception {
        WireSession session = WireSession.open(cluster);
        session.tryExtended("SELECT 1");
        session.close();
        group("start", FunctionProfile.take());
        session = WireSession.open(cluster);
        for (String statement : SqlScript.statements(typical())) {
            session.tryExtended(statement);
        }
        session.close();
        group("typical", FunctionProfile.take());
        for (Path script : scripts) {
            session = WireSession.open(cluster);
            for (String statement : SqlScript.statements(Files.readString(script))) {
                session.trySimple(statement);
            }
            session.close();
        }
        group("broad", FunctionProfile.take());
    }

    private static String typical() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ProfileRecorder.class.getResourceAsStream(TYPICAL))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void group(String name, List<Integer> functions) {
        List<Integer> members = functions.stream().filter(written::add).toList();
        text.append('[').append(name).append("]\n");
        for (int i = 0; i < members.size(); i += INDEXES_PER_LINE) {
            text.append(
                    members.subList(i, Math.min(i + INDEXES_PER_LINE, members.size())).stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ", "", "\n")));
        }
    }
}
