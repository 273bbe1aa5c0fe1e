package io.github.jdbcpglite.build.bundle;

import io.github.jdbcpglite.build.compile.CaptureStage;
import io.github.jdbcpglite.build.compile.CompileStage;
import io.github.jdbcpglite.build.compile.ModuleList;
import io.github.jdbcpglite.build.release.PgliteRelease;
import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the image together as {@link DistributionLayout} describes it, except for the data
 * directory, which is made by running what this stage puts together. The output is a root of the
 * class path.
 */
public final class AssembleStage implements Stage {
    private static final Pattern POSTGRES_VERSION =
            Pattern.compile("PostgreSQL (\\d+[0-9.a-z]*) \\(PGlite ");

    private final String pgliteVersion;
    private final Path released;
    private final Path main;
    private final Path sides;
    private final Path bundle;

    /**
     * Creates the stage.
     *
     * @param pgliteVersion version of the npm package
     * @param released {@code pglite.wasm} as it was downloaded
     * @param main output of the stage that compiled the main module
     * @param sides output of the stage that compiled the side modules
     * @param bundle output of the bundle stage
     */
    public AssembleStage(String pgliteVersion, Path released, Path main, Path sides, Path bundle) {
        this.pgliteVersion = pgliteVersion;
        this.released = released;
        this.main = main;
        this.sides = sides;
        this.bundle = bundle;
    }

    @Override
    public String name() {
        return "assemble";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .parameter("pglite version", pgliteVersion)
                .parameter("facts about the binary", facts())
                .file("pglite.wasm", released)
                .file("compiled main module", main)
                .file("compiled side modules", sides)
                .file("bundle", bundle)
                .code(AssembleStage.class, DistributionLayout.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        Path root = output.resolve(DistributionLayout.ROOT);
        FileTrees.copy(main.resolve(CompileStage.IMAGE), root);
        Files.delete(root.resolve(ModuleList.single(main).wasm()));
        FileTrees.copy(sides.resolve(CompileStage.IMAGE), root);
        FileTrees.copy(bundle, root);
        StringBuilder text = new StringBuilder();
        properties().forEach((key, value) -> text.append(key + "=" + value + "\n"));
        Files.writeString(root.resolve(DistributionLayout.PROPERTIES), text);
        Files.writeString(root.resolve(DistributionLayout.BINARY), facts());
    }

    /** Returns what the runtime has to know of the binary, in the form that it reads. */
    public static String facts() {
        PgliteRelease release = PgliteRelease.pinned();
        StringBuilder text = new StringBuilder();
        text.append("wasm.sha256=").append(release.wasmSha256()).append('\n');
        new TreeMap<>(release.addresses())
                .forEach((name, address) -> line(text, "address." + name, address));
        new TreeMap<>(release.offsets())
                .forEach((name, offset) -> line(text, "offset." + name, offset.bytes()));
        return text.toString();
    }

    private static void line(StringBuilder text, String key, int value) {
        text.append(key).append('=').append(value).append('\n');
    }

    private Map<String, String> properties() throws IOException {
        Map<String, String> properties = new TreeMap<>();
        properties.put(DistributionLayout.KEY_FORMAT, Integer.toString(DistributionLayout.FORMAT));
        properties.put(DistributionLayout.KEY_PGLITE_VERSION, pgliteVersion);
        properties.put(DistributionLayout.KEY_POSTGRES_VERSION, postgresVersion());
        properties.put(DistributionLayout.KEY_WASM_SHA256, Hashes.ofFile(released));
        ModuleList.Module postgres = ModuleList.single(main);
        putModule(properties, DistributionLayout.MAIN, postgres);
        properties.put(
                DistributionLayout.MAIN + DistributionLayout.MODULE_TEMPLATE,
                sibling(postgres.wasm(), CaptureStage.TEMPLATE));
        properties.put(
                DistributionLayout.MAIN + DistributionLayout.MODULE_MEMORY,
                sibling(postgres.wasm(), CaptureStage.MEMORY));
        List<ModuleList.Module> libraries = ModuleList.read(sides);
        properties.put(DistributionLayout.KEY_SIDE_COUNT, Integer.toString(libraries.size()));
        for (int i = 0; i < libraries.size(); i++) {
            putModule(properties, DistributionLayout.SIDE + i, libraries.get(i));
            properties.put(
                    DistributionLayout.SIDE + i + DistributionLayout.MODULE_WASM,
                    libraries.get(i).wasm());
        }
        return properties;
    }

    /** Finds what {@code version()} answers in the module's data. */
    private String postgresVersion() throws IOException {
        // Each byte is a character here, so that the module can be searched like a text.
        String module = Files.readString(released, StandardCharsets.ISO_8859_1);
        Matcher version = POSTGRES_VERSION.matcher(module);
        if (!version.find()) {
            throw new IOException(released + " does not say its version of PostgreSQL");
        }
        return version.group(1);
    }

    private static String sibling(String resource, String name) {
        return resource.substring(0, resource.lastIndexOf('/') + 1) + name;
    }

    private static void putModule(
            Map<String, String> properties, String prefix, ModuleList.Module module) {
        properties.put(prefix + DistributionLayout.MODULE_PATH, module.guestPath());
        properties.put(prefix + DistributionLayout.MODULE_MACHINE, module.machineClass());
        properties.put(prefix + DistributionLayout.MODULE_SHA256, module.sha256());
    }
}
