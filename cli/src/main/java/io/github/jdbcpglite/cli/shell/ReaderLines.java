package io.github.jdbcpglite.cli.shell;

import io.github.jdbcpglite.jdbc.internal.script.SqlScanner;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a file or a pipe. Only a line feed ends one, so that data keep their returns. */
final class ReaderLines implements LineSource {
    private final String name;
    private final Reader reader;
    private long line;

    /**
     * Reads lines.
     *
     * @param name for messages; empty for a command, which needs none
     * @param reader buffered; owned by the caller
     */
    ReaderLines(String name, Reader reader) {
        this.name = name;
        this.reader = reader;
    }

    @Override
    public @Nullable String readSql(SqlScanner scanner) throws IOException {
        return readData();
    }

    @Override
    public @Nullable String readData() throws IOException {
        StringBuilder text = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        line++;
        while (c >= 0 && c != '\n') {
            text.append((char) c);
            c = reader.read();
        }
        return text.toString();
    }

    @Override
    public String position() {
        return name.isEmpty() ? "" : name + ":" + line + ": ";
    }
}
