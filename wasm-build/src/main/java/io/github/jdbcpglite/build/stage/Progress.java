package io.github.jdbcpglite.build.stage;

/** Where stages report what they are doing. */
@FunctionalInterface
public interface Progress {
    /**
     * Reports one line.
     *
     * @param line what happens or happened, without a line end
     */
    void line(String line);
}
