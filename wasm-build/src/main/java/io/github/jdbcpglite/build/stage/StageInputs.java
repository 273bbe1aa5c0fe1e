package io.github.jdbcpglite.build.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a stage reads: files or directories, parameters, and the code that does the work.
 *
 * <p>Immutable. The code counts as an input so that a change of the pipeline itself is never hidden
 * by an old output.
 */
public final class StageInputs {
    private final SortedMap<String, Path> files;
    private final SortedMap<String, String> parameters;

    private StageInputs(SortedMap<String, Path> files, SortedMap<String, String> parameters) {
        this.files = files;
        this.parameters = parameters;
    }

    /** Returns inputs without anything in them. */
    public static StageInputs none() {
        return new StageInputs(new TreeMap<>(), new TreeMap<>());
    }

    /**
     * Returns these inputs and a file or directory.
     *
     * @param label what it is, for messages; independent of where the build runs
     * @param path where it is
     */
    public StageInputs file(String label, Path path) {
        SortedMap<String, Path> more = new TreeMap<>(files);
        more.put(label, path);
        return new StageInputs(more, parameters);
    }

    /**
     * Returns these inputs and a parameter.
     *
     * @param label its name
     * @param value its value
     */
    public StageInputs parameter(String label, String value) {
        SortedMap<String, String> more = new TreeMap<>(parameters);
        more.put(label, value);
        return new StageInputs(files, more);
    }

    /**
     * Returns these inputs and the code of whole packages or libraries.
     *
     * @param anchors for each package of this project, or for each library, one class of it
     */
    public StageInputs code(Class<?>... anchors) {
        return code(List.of(anchors));
    }

    /**
     * Returns these inputs and the code of whole packages or libraries.
     *
     * @param anchors for each package of this project, or for each library, one class of it
     */
    public StageInputs code(List<Class<?>> anchors) {
        SortedMap<String, String> more = new TreeMap<>(parameters);
        for (Class<?> anchor : anchors) {
            more.put("code of " + anchor.getPackageName(), CodeHash.of(anchor));
        }
        return new StageInputs(files, more);
    }

    /** Returns the files and directories by label. */
    Map<String, Path> files() {
        return Collections.unmodifiableMap(files);
    }

    /**
     * Returns one hash over all inputs.
     *
     * @throws PipelineException if a file is missing
     * @throws IOException if a file cannot be read
     */
    String fingerprint() throws IOException {
        MessageDigest digest = Hashes.sha256();
        for (var file : files.entrySet()) {
            if (!Files.exists(file.getValue())) {
                throw new PipelineException(
                        file.getKey()
                                + " is missing at "
                                + file.getValue()
                                + "; run the stage that makes it first");
            }
            add(digest, "file " + file.getKey(), Hashes.ofTree(file.getValue()));
        }
        for (var parameter : parameters.entrySet()) {
            add(digest, "parameter " + parameter.getKey(), parameter.getValue());
        }
        return Hashes.hex(digest.digest());
    }

    private static void add(MessageDigest digest, String label, String value) {
        digest.update((label + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8));
    }
}
