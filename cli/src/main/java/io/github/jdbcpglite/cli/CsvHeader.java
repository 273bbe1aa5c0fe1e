package io.github.jdbcpglite.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The first line of a CSV file. Stateless. */
final class CsvHeader {
    private CsvHeader() {}

    /**
     * Reads the line and leaves the rest.
     *
     * @throws IOException if there is none
     */
    static List<String> read(InputStream data, char separator) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean quoted = false;
        int c = data.read();
        while (c >= 0 && (quoted || c != '\n')) {
            quoted ^= c == '"';
            line.write(c);
            c = data.read();
        }
        String text = line.toString(UTF_8).replaceFirst("^\ufeff", "").replaceFirst("\r$", "");
        if (text.isEmpty()) {
            throw new IOException("the file has no first line with the names of columns");
        }
        return fields(text, separator);
    }

    private static List<String> fields(String text, char separator) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean doubled =
                    quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
            if (doubled) {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
