package io.github.jdbcpglite.build.icu;

import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Lays out files of ICU's data by guest path. */
public final class IcuStage implements Stage {
    private final String name;
    private final String below;
    private final Optional<String> empty;
    private final Contents contents;

    private interface Contents {
        SortedMap<String, byte[]> files() throws IOException;
    }

    private IcuStage(String name, String below, Optional<String> empty, Contents contents) {
        this.name = name;
        this.below = below;
        this.empty = empty;
        this.contents = contents;
    }

    /** Returns the stage {@code icu}, which makes what every image has beside PGlite's own data. */
    public static IcuStage common() {
        return new IcuStage("icu", "", Optional.empty(), IcuData::common);
    }

    /**
     * Returns a stage that makes the collations of all languages.
     *
     * @param name its name
     * @param below where in its output the guest's root is
     * @param empty a directory of its output in which there is nothing
     */
    public static IcuStage collations(String name, String below, String empty) {
        return new IcuStage(name, below, Optional.of(empty), IcuData::collations);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .parameter("ICU for Java", IcuData.version())
                .code(IcuStage.class, PipelineException.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        if (empty.isPresent()) {
            Files.createDirectories(output.resolve(empty.get()));
        }
        SortedMap<String, byte[]> files = contents.files();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = output.resolve(below).resolve(file.getKey().substring(1));
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        progress.line(files.size() + " files of ICU's data");
    }
}
