package io.github.jdbcpglite.build.locate;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@link Locate} asks for.
 *
 * @param other a version of the npm package, or the path of a {@code .wasm} file
 * @param sha256 the hash of the npm archive, or null
 * @param release the release file of the known release, or null for the pinned one
 * @param known the known {@code pglite.wasm}, or null to take it from npm
 * @param version the version of a file
 * @param output the file to write, or null
 * @param work where archives are unpacked
 */
record LocateOptions(
        String other,
        @Nullable String sha256,
        @Nullable Path release,
        @Nullable Path known,
        String version,
        @Nullable Path output,
        Path work) {
    /** Thrown for a command line that cannot be understood. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /** Returns whether the other release is a file. */
    boolean isFile() {
        return other.endsWith(".wasm");
    }

    static LocateOptions parse(String[] args) throws UsageException {
        String other = "";
        String sha256 = null;
        Path release = null;
        Path known = null;
        String version = "unknown";
        Path output = null;
        Path work = Path.of("target", "locate");
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--sha256" -> sha256 = value(args, ++i);
                case "--release" -> release = Path.of(value(args, ++i));
                case "--known" -> known = Path.of(value(args, ++i));
                case "--version" -> version = value(args, ++i);
                case "--output" -> output = Path.of(value(args, ++i));
                case "--work" -> work = Path.of(value(args, ++i));
                default -> {
                    if (args[i].startsWith("-") || !other.isEmpty()) {
                        throw new UsageException("unexpected argument " + args[i]);
                    }
                    other = args[i];
                }
            }
        }
        if (other.isEmpty()) {
            throw new UsageException("no release named");
        }
        return new LocateOptions(other, sha256, release, known, version, output, work);
    }

    private static String value(String[] args, int index) throws UsageException {
        if (index >= args.length) {
            throw new UsageException(args[index - 1] + " needs a value");
        }
        return args[index];
    }
}
