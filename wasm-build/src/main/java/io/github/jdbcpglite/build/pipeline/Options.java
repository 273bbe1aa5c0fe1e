package io.github.jdbcpglite.build.pipeline;

import java.nio.file.Path;

/**
 * What the command line asks for.
 *
 * @param stage name of the stage to bring up to date, or {@link #ALL}
 * @param work directory of the stages' outputs
 * @param image directory of the image, for the last stage
 * @param cache directory of downloads
 * @param only whether the stages before are taken as they are
 * @param force whether to run stages whose inputs are unchanged too
 */
record Options(String stage, Path work, Path image, Path cache, boolean only, boolean force) {
    static final String ALL = "all";

    /** Thrown for a command line that cannot be understood. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /**
     * Reads a command line.
     *
     * @param args the arguments
     * @param defaultCache the directory of downloads when no argument names one
     */
    static Options parse(String[] args, Path defaultCache) throws UsageException {
        String stage = "";
        Path work = Path.of("target", "pipeline");
        Path image = null;
        Path cache = defaultCache;
        boolean only = false;
        boolean force = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--work" -> work = path(args, ++i);
                case "--image" -> image = path(args, ++i);
                case "--cache" -> cache = path(args, ++i);
                case "--only" -> only = true;
                case "--force" -> force = true;
                default -> {
                    if (args[i].startsWith("-") || !stage.isEmpty()) {
                        throw new UsageException("unexpected argument " + args[i]);
                    }
                    stage = args[i];
                }
            }
        }
        if (stage.isEmpty()) {
            throw new UsageException("no stage named");
        }
        Path imageDirectory = image == null ? work.resolve("image") : image;
        return new Options(stage, work, imageDirectory, cache, only, force);
    }

    private static Path path(String[] args, int index) throws UsageException {
        if (index >= args.length) {
            throw new UsageException(args[index - 1] + " needs a directory");
        }
        return Path.of(args[index]);
    }
}
