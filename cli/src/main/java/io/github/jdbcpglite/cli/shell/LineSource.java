package io.github.jdbcpglite.cli.shell;

import io.github.jdbcpglite.jdbc.internal.script.SqlScanner;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where input comes from, line by line. */
interface LineSource {
    /**
     * Reads the next line, or at a terminal the lines up to the end of a statement.
     *
     * @param scanner what has been read and not run
     * @return without the end of the line, or null at the end of the input
     */
    @Nullable String readSql(SqlScanner scanner) throws IOException;

    /**
     * Reads a line of data for {@code COPY … FROM STDIN}.
     *
     * @return without the end of the line, or null at the end of the input
     */
    @Nullable String readData() throws IOException;

    /** Returns what messages begin with: a file and a line, or nothing at a terminal. */
    String position();

    /** Returns whether a user types the lines. */
    default boolean isInteractive() {
        return false;
    }
}
