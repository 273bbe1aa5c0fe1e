package io.github.jdbcpglite.durable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A program that opens a cluster by its URL, says so, and holds it until a line comes: {@code
 * close} closes the connection, {@code exit} ends the JVM without that.
 */
final class DirectoryHolder {
    private DirectoryHolder() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Connection connection = DriverManager.getConnection(arguments[0]);
        Db.run(connection, "create table if not exists held(i int)", "insert into held values (1)");
        out.println("open");
        if (System.in.read() == 'e') {
            return; // the JVM ends, as no other thread keeps it
        }
        connection.close();
        out.println("closed");
    }
}
