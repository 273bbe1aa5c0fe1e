package io.github.jdbcpglite.build.pipeline;

import io.github.jdbcpglite.build.codegen.FunctionGroups;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The recorded profile of PostgreSQL: which functions are used together. {@code ProfileRecorder}
 * writes it. Indexes that no longer fit the module cost time at start-up and nothing else.
 */
final class FunctionProfiles {
    private static final String RESOURCE = "postgres.profile";

    private FunctionProfiles() {}

    static List<List<Integer>> postgres() {
        try (InputStream in = FunctionProfiles.class.getResourceAsStream(RESOURCE)) {
            return in == null
                    ? List.of()
                    : FunctionGroups.parse(
                            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
