package io.github.jdbcpglite.cli.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** How text looks in columns of a terminal. Stateless. */
final class TextWidth {
    private TextWidth() {}

    /** Returns the columns that a line takes; East Asian characters take two. */
    static int of(String line) {
        return line.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    /** Returns the lines of a value, with what would move the cursor written as an escape. */
    static List<String> lines(String value) {
        List<String> lines = new ArrayList<>();
        for (String line : value.split("\n", -1)) {
            lines.add(visible(line));
        }
        return lines;
    }

    private static String visible(String line) {
        StringBuilder visible = new StringBuilder(line.length());
        line.codePoints()
                .forEach(
                        c -> {
                            if (c == '\t') {
                                visible.append("    ");
                            } else if (c == '\r') {
                                visible.append("\\r");
                            } else if (Character.getType(c) == Character.CONTROL) {
                                visible.append(c < 16 ? "\\x0" : "\\x");
                                visible.append(Integer.toHexString(c));
                            } else {
                                visible.appendCodePoint(c);
                            }
                        });
        return visible.toString();
    }
}
