package io.github.jdbcpglite.durable;

import io.github.jdbcpglite.postgres.internal.datadir.TarArchive;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program that begins an archive, says so, and goes on when a line comes. */
final class BackupWriter {
    private BackupWriter() {}

    /** Takes the archive. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        TarArchive.write(
                Path.of(arguments[0]),
                sink -> {
                    sink.directory("base", 0700);
                    out.println("writing");
                    if (System.in.read() < 0) {
                        throw new IOException("nobody is there any more");
                    }
                },
                false);
        out.println("written");
    }
}
