package io.github.jdbcpglite.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/** Where rows go: standard output, or the file of {@code \o}. */
final class Output {
    private final PrintWriter standard;
    private PrintWriter current;
    private boolean discardsRows;
    private IntSupplier terminalWidth = () -> 0;

    Output(PrintWriter standard) {
        this.standard = standard;
        this.current = standard;
    }

    /** Shows rows no more. */
    void discardRows() {
        discardsRows = true;
    }

    /** Says how wide the terminal is; 0 for none. */
    void onTerminal(IntSupplier width) {
        terminalWidth = width;
    }

    PrintWriter writer() {
        return current;
    }

    void rows(Rows rows, Settings settings) {
        if (discardsRows) {
            return;
        }
        if (!rows.columns().isEmpty() || settings.format == RowFormat.aligned) {
            int width = current == standard ? terminalWidth.getAsInt() : 0;
            settings.format.print(rows, settings, width, current);
        }
    }

    void tag(String tag, Settings settings) {
        if (settings.tags) {
            current.println(tag);
        }
    }

    /** Returns a stream that writes text in UTF-8, for COPY. */
    OutputStream stream() {
        PrintWriter writer = current;
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                // pgjdbc writes whole rows, so no character comes in two pieces.
                writer.write(new String(bytes, offset, length, UTF_8));
            }
        };
    }

    /**
     * Sends what follows to a file, which is replaced.
     *
     * @throws IOException if it cannot be written; what follows goes where it went
     */
    void toFile(Path file) throws IOException {
        PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file, UTF_8));
        close();
        current = writer;
    }

    void flush() {
        current.flush();
        standard.flush();
    }

    /** Closes the file, if there is one, and goes back to standard output. */
    void close() {
        if (current != standard) {
            current.close();
            current = standard;
        }
        standard.flush();
    }
}
