package io.github.jdbcpglite.build.bundle;

import io.github.jdbcpglite.build.compile.CompileStage;
import io.github.jdbcpglite.build.compile.ModuleList;
import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.wasm.image.ImageLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the resources of the image together, as {@link ImageLayout} describes them. */
public final class ImageStage implements Stage {
    private final String pgliteVersion;
    private final Path released;
    private final Path main;
    private final Path sides;
    private final Path bundle;
    private final Path pgdata;

    /**
     * Creates the stage.
     *
     * @param pgliteVersion version of the npm package
     * @param released {@code pglite.wasm} as it was downloaded
     * @param main output of the stage that compiled the main module
     * @param sides output of the stage that compiled the side modules
     * @param bundle output of the bundle stage
     * @param pgdata output of the initdb stage
     */
    public ImageStage(
            String pgliteVersion, Path released, Path main, Path sides, Path bundle, Path pgdata) {
        this.pgliteVersion = pgliteVersion;
        this.released = released;
        this.main = main;
        this.sides = sides;
        this.bundle = bundle;
        this.pgdata = pgdata;
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .parameter("pglite version", pgliteVersion)
                .file("pglite.wasm", released)
                .file("compiled main module", main)
                .file("compiled side modules", sides)
                .file("bundle", bundle)
                .file("pgdata", pgdata)
                .code(ImageStage.class, ImageLayout.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        for (Path part :
                List.of(
                        main.resolve(CompileStage.IMAGE),
                        sides.resolve(CompileStage.IMAGE),
                        bundle,
                        pgdata)) {
            FileTrees.copy(part, output);
        }
        StringBuilder text = new StringBuilder();
        properties().forEach((key, value) -> text.append(key + "=" + value + "\n"));
        Files.writeString(output.resolve(ImageLayout.PROPERTIES), text);
    }

    private Map<String, String> properties() throws IOException {
        Map<String, String> properties = new TreeMap<>();
        properties.put(ImageLayout.KEY_FORMAT, Integer.toString(ImageLayout.FORMAT));
        properties.put(ImageLayout.KEY_PGLITE_VERSION, pgliteVersion);
        properties.put(ImageLayout.KEY_WASM_SHA256, Hashes.ofFile(released));
        List<ModuleList.Module> mains = ModuleList.read(main);
        if (mains.size() != 1) {
            throw new PipelineException("expected one main module, found " + mains);
        }
        put(properties, ImageLayout.MAIN, mains.get(0));
        List<ModuleList.Module> libraries = ModuleList.read(sides);
        properties.put(ImageLayout.KEY_SIDE_COUNT, Integer.toString(libraries.size()));
        for (int i = 0; i < libraries.size(); i++) {
            put(properties, ImageLayout.SIDE + i, libraries.get(i));
        }
        return properties;
    }

    private static void put(
            Map<String, String> properties, String prefix, ModuleList.Module module) {
        properties.put(prefix + ImageLayout.MODULE_PATH, module.guestPath());
        properties.put(prefix + ImageLayout.MODULE_WASM, module.wasm());
        properties.put(prefix + ImageLayout.MODULE_MACHINE, module.machineClass());
    }
}
