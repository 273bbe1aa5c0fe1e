package io.github.jdbcpglite.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** COPY from and to the client. Stateless but for the streams it makes. */
final class CopyStatement {
    private CopyStatement() {}

    /** Returns the lines that follow the statement, up to {@code \.} or the end of the input. */
    static InputStream data(LineSource lines) {
        return new InputStream() {
            private @Nullable InputStream line = new ByteArrayInputStream(new byte[0]);

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                while (line != null) {
                    int count = line.read(buffer, offset, length);
                    if (count >= 0) {
                        return count;
                    }
                    String next = lines.readData();
                    line =
                            next == null || next.equals("\\.") || next.equals("\\.\r")
                                    ? null
                                    : new ByteArrayInputStream((next + "\n").getBytes(UTF_8));
                }
                return -1;
            }
        };
    }
}
