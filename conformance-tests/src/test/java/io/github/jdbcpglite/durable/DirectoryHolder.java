package io.github.jdbcpglite.durable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A program that opens a directory, says so, and holds it until a line comes: {@code close} closes
 * the connection, {@code exit} ends the JVM without that.
 */
final class DirectoryHolder {
    private DirectoryHolder() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (Connection connection = Db.open(Path.of(arguments[0]))) {
            Db.run(
                    connection,
                    "create table if not exists held(i int)",
                    "insert into held values (1)");
            out.println("open");
            int command = System.in.read();
            if (command == 'e') {
                System.exit(0);
            }
        }
        out.println("closed");
    }
}
