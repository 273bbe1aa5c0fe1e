package io.github.jdbcpglite.conformance.move;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import org.postgresql.PGConnection;

/** Restores what pg_dump wrote as SQL, as psql would: statements, and rows for COPY. */
final class DumpReader {
    private DumpReader() {}

    static void restore(String dump, Connection connection) throws SQLException, IOException {
        StringBuilder sql = new StringBuilder();
        for (Iterator<String> lines = dump.lines().iterator(); lines.hasNext(); ) {
            String line = lines.next();
            if (line.startsWith("COPY ") && line.endsWith(" FROM stdin;")) {
                run(sql, connection);
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(line, new StringReader(rows(lines)));
            } else if (!line.startsWith("\\")) {
                sql.append(line).append('\n');
            }
        }
        run(sql, connection);
    }

    private static String rows(Iterator<String> lines) {
        StringBuilder rows = new StringBuilder();
        for (String row = lines.next(); !row.equals("\\."); row = lines.next()) {
            rows.append(row).append('\n');
        }
        return rows.toString();
    }

    private static void run(StringBuilder sql, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.toString());
        }
        sql.setLength(0);
    }
}
