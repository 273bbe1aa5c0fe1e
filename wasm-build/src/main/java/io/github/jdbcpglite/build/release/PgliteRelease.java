package io.github.jdbcpglite.build.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about one release of PGlite. Immutable.
 *
 * @param npmName the npm package
 * @param npmVersion its version
 * @param npmSha256 SHA-256 of the packed archive, lower-case hexadecimal
 * @param wasmSha256 SHA-256 of {@code pglite.wasm}
 * @param addresses addresses of variables in linear memory, by name
 * @param offsets offsets and sizes, by structure and field
 * @param functions functions, by name in the source
 */
public record PgliteRelease(
        String npmName,
        String npmVersion,
        String npmSha256,
        String wasmSha256,
        Map<String, Integer> addresses,
        Map<String, StructOffset> offsets,
        Map<String, ReleaseFunction> functions) {
    /** The release that this project is made for. */
    private static final String PINNED = "0.5.16";

    /** Copies the maps and keeps their order. */
    public PgliteRelease {
        addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
        offsets = Collections.unmodifiableMap(new LinkedHashMap<>(offsets));
        functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    }

    private static final class Pinned {
        static final PgliteRelease RELEASE =
                ofVersion(PINNED)
                        .orElseThrow(
                                () -> new IllegalStateException("no release file of " + PINNED));
    }

    /** Returns the release that this project is made for. */
    public static PgliteRelease pinned() {
        return Pinned.RELEASE;
    }

    /**
     * Returns a release whose file is among the resources.
     *
     * @param npmVersion its version
     */
    public static Optional<PgliteRelease> ofVersion(String npmVersion) {
        String resource = "pglite-" + npmVersion + ".properties";
        try (InputStream in = PgliteRelease.class.getResourceAsStream(resource)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(
                            ReleaseFile.read(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the address of a variable.
     *
     * @throws IllegalArgumentException if the release file has none of that name
     */
    public int address(String name) {
        return require(addresses, name, "address");
    }

    /**
     * Returns a function.
     *
     * @throws IllegalArgumentException if the release file has none of that name
     */
    public ReleaseFunction function(String name) {
        return require(functions, name, "function");
    }

    private <T> T require(Map<String, T> facts, String name, String what) {
        T fact = facts.get(name);
        if (fact == null) {
            throw new IllegalArgumentException(
                    "the release file of PGlite " + npmVersion + " has no " + what + ' ' + name);
        }
        return fact;
    }
}
