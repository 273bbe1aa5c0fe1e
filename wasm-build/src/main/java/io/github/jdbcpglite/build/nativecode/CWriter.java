package io.github.jdbcpglite.build.nativecode;

/** Collects lines of C, indented by the nesting of braces. */
final class CWriter {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Adds a line. */
    void line(String line) {
        text.append(INDENT.repeat(depth)).append(line).append('\n');
    }

    /** Adds a line that ends with an opening brace. */
    void open(String line) {
        line(line + " {");
        depth++;
    }

    /** Adds a line that begins with a closing brace. */
    void close(String rest) {
        depth--;
        line("}" + rest);
    }

    /** Indents what follows a line that closes a brace and opens one. */
    void indent() {
        depth++;
    }

    /** Adds a label, which stands further left than what it is in front of. */
    void label(String name) {
        text.append(name).append(":;\n");
    }

    void blank() {
        text.append('\n');
    }

    /** Adds text as it is. */
    void append(CWriter other) {
        text.append(other.text);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
