package io.github.jdbcpglite.build.stage;

import java.io.IOException;
import java.nio.file.Path;

/** One step of the pipeline: files and parameters in, one directory out. */
public interface Stage {
    /** Returns the name on the command line and of the output directory. */
    String name();

    /** Returns everything that {@link #run} reads. */
    StageInputs inputs();

    /**
     * Writes the output.
     *
     * @param output an empty directory; nothing outside it may be written
     * @param progress where to report what is going on
     * @throws IOException if a file cannot be read or written
     * @throws PipelineException if an input is not what the stage expects
     */
    void run(Path output, Progress progress) throws IOException;
}
