package io.github.jdbcpglite.jdbc.internal.url;

import java.nio.file.Path;

/** Which cluster a URL means. */
public sealed interface Target {
    /** Returns the text that means this target in a URL, in its one normal form. */
    String text();

    /**
     * A cluster in memory, one for each name in this JVM.
     *
     * @param name possibly empty
     */
    record Memory(String name) implements Target {
        @Override
        public String text() {
            return "memory:" + PercentCoding.encode(name);
        }
    }

    /** A cluster in memory that belongs to one connection and ends with it. */
    record Temporary() implements Target {
        @Override
        public String text() {
            return "temp:";
        }
    }

    /**
     * A cluster in a directory.
     *
     * @param path as written, neither absolute nor checked
     */
    record Directory(Path path) implements Target {
        @Override
        public String text() {
            return "file:" + PercentCoding.encode(path.toString());
        }
    }
}
