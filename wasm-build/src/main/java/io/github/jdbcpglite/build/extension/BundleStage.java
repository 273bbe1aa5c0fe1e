package io.github.jdbcpglite.build.extension;

import io.github.jdbcpglite.build.bundle.IndexFile;
import io.github.jdbcpglite.build.compile.CompileStage;
import io.github.jdbcpglite.build.compile.ModuleList;
import io.github.jdbcpglite.build.stage.FileTrees;
import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.postgres.internal.distribution.BundleLayout;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import io.github.jdbcpglite.postgres.internal.distribution.IndexLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts a bundle together as {@link BundleLayout} describes it. The output is the directory of its
 * root package, so that it can be a part of a module's classes and be replaced as a whole.
 */
final class BundleStage implements Stage {
    private static final int MODE_PROGRAM = 0755;
    private static final int MODE_FILE = 0644;
    private static final String CONTROL_SUFFIX = ".control";
    private static final String LIBRARY_SUFFIX = ".so";

    private final BundleSpec spec;
    private final Path image;
    private final Path unpacked;
    private final Path compiled;

    /**
     * Creates the stage.
     *
     * @param spec the bundle
     * @param image {@code image.properties} of the image it is made for
     * @param unpacked output of the unpack stage
     * @param compiled output of the stage that compiled the libraries
     */
    BundleStage(BundleSpec spec, Path image, Path unpacked, Path compiled) {
        this.spec = spec;
        this.image = image;
        this.unpacked = unpacked;
        this.compiled = compiled;
    }

    @Override
    public String name() {
        return "bundle";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .parameter("bundle", spec.toString())
                .file("image.properties", image)
                .file("unpacked archives", unpacked)
                .file("compiled libraries", compiled)
                .code(
                        BundleStage.class,
                        IndexFile.class,
                        CompileStage.class,
                        DistributionLayout.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        Path classes = compiled.resolve(CompileStage.IMAGE);
        if (Files.exists(classes)) { // An extension may be SQL alone.
            FileTrees.copy(classes, output);
        }
        Map<String, String> properties = new TreeMap<>();
        properties.put(DistributionLayout.KEY_FORMAT, Integer.toString(BundleLayout.FORMAT));
        properties.put(BundleLayout.KEY_NAME, spec.name());
        properties.put(BundleLayout.KEY_ARTIFACT, spec.artifact());
        copyOfImage(DistributionLayout.KEY_PGLITE_VERSION, properties);
        copyOfImage(DistributionLayout.KEY_WASM_SHA256, properties);
        properties.put(BundleLayout.KEY_SOURCE, spec.origin());
        List<ModuleList.Module> modules = ModuleList.read(compiled);
        properties.put(DistributionLayout.KEY_SIDE_COUNT, Integer.toString(modules.size()));
        for (int i = 0; i < modules.size(); i++) {
            String prefix = DistributionLayout.SIDE + i;
            properties.put(prefix + DistributionLayout.MODULE_PATH, modules.get(i).guestPath());
            properties.put(prefix + DistributionLayout.MODULE_WASM, modules.get(i).wasm());
            properties.put(
                    prefix + DistributionLayout.MODULE_MACHINE, modules.get(i).machineClass());
            properties.put(prefix + DistributionLayout.MODULE_SHA256, modules.get(i).sha256());
        }
        addUnits(output, properties);
        StringBuilder text = new StringBuilder();
        properties.forEach((key, value) -> text.append(key + "=" + value + "\n"));
        Files.writeString(output.resolve(BundleLayout.PROPERTIES), text);
        progress.line(
                properties.get(BundleLayout.KEY_UNIT_COUNT)
                        + " units, "
                        + modules.size()
                        + " libraries");
    }

    private void copyOfImage(String key, Map<String, String> properties) throws IOException {
        for (String line : Files.readAllLines(image)) {
            if (line.startsWith(key + "=")) {
                properties.put(key, line.substring(key.length() + 1));
            }
        }
    }

    private void addUnits(Path output, Map<String, String> properties) throws IOException {
        List<Path> units;
        try (Stream<Path> directories = Files.list(unpacked.resolve(UnpackStage.UNITS))) {
            units = directories.sorted().toList();
        }
        properties.put(BundleLayout.KEY_UNIT_COUNT, Integer.toString(units.size()));
        for (int i = 0; i < units.size(); i++) {
            String name = units.get(i).getFileName().toString();
            String prefix = BundleLayout.UNIT + i;
            properties.put(prefix + BundleLayout.UNIT_NAME, name);
            describe(units.get(i), prefix, properties);
            Path copy = output.resolve(BundleLayout.UNITS).resolve(name);
            FileTrees.copy(units.get(i), copy);
            Path index = copy.resolveSibling(name + DistributionLayout.INDEX_SUFFIX);
            IndexFile.write(index, lines(units.get(i)));
            properties.put(prefix + BundleLayout.UNIT_INDEX_SHA256, Hashes.ofFile(index));
        }
    }

    private static void describe(Path unit, String prefix, Map<String, String> properties)
            throws IOException {
        Set<String> extensions = new TreeSet<>();
        Set<String> libraries = new TreeSet<>();
        Set<String> requires = new TreeSet<>();
        Set<String> own = new TreeSet<>();
        for (String path : FileTrees.files(unit)) {
            String file = path.substring(path.lastIndexOf('/') + 1);
            if (file.endsWith(LIBRARY_SUFFIX)) {
                libraries.add(withoutSuffix(file, LIBRARY_SUFFIX));
            } else if (file.endsWith(CONTROL_SUFFIX)) {
                ControlFile control =
                        ControlFile.parse(
                                withoutSuffix(file, CONTROL_SUFFIX),
                                Files.readString(unit.resolve(path)));
                extensions.add(control.extension() + " " + control.version());
                own.add(control.extension());
                requires.addAll(control.requires());
            }
        }
        requires.removeAll(own);
        properties.put(prefix + BundleLayout.UNIT_EXTENSIONS, String.join(",", extensions));
        properties.put(prefix + BundleLayout.UNIT_LIBRARIES, String.join(",", libraries));
        properties.put(prefix + BundleLayout.UNIT_REQUIRES, String.join(",", requires));
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.substring(0, text.length() - suffix.length());
    }

    private static List<IndexLine> lines(Path unit) throws IOException {
        List<IndexLine> lines = new ArrayList<>();
        Set<String> directories = new TreeSet<>();
        for (String path : FileTrees.files(unit)) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                directories.add(path.substring(0, slash));
            }
            boolean program = path.endsWith(LIBRARY_SUFFIX);
            lines.add(
                    new IndexLine(
                            false,
                            program ? MODE_PROGRAM : MODE_FILE,
                            Files.size(unit.resolve(path)),
                            "/" + path));
        }
        return Stream.concat(
                        directories.stream()
                                .map(path -> new IndexLine(true, MODE_PROGRAM, 0, "/" + path)),
                        lines.stream())
                .collect(Collectors.toList());
    }
}
