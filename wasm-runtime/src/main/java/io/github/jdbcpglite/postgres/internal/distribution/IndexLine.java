package io.github.jdbcpglite.postgres.internal.distribution;

/**
 * One line of an index: {@code TYPE MODE SIZE PATH}, separated by single spaces.
 *
 * <p>TYPE is {@code d} for a directory or {@code f} for a regular file, MODE the permission bits in
 * octal, SIZE the bytes in decimal (0 for a directory), PATH absolute or relative to the data
 * directory, with slashes.
 *
 * @param directory whether it is a directory and not a regular file
 * @param mode the permission bits, 0 to 07777
 * @param size the size in bytes
 * @param path the path; may hold spaces but no line end
 */
public record IndexLine(boolean directory, int mode, long size, String path) {
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;

    /** Returns the line without its end. */
    public String format() {
        if (path.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a path with a line end: " + path);
        }
        String type = directory ? "d" : "f";
        return type + " " + Integer.toOctalString(mode) + " " + size + " " + path;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is not as {@link #format} writes it
     */
    public static IndexLine parse(String line) {
        // Not split: a start reads some thousand of them.
        int mode = line.indexOf(' ') + 1;
        int size = line.indexOf(' ', mode) + 1;
        int path = line.indexOf(' ', size) + 1;
        if (mode != 2 || size <= mode || path <= size || "df".indexOf(line.charAt(0)) < 0) {
            throw new IllegalArgumentException("not an index line: " + line);
        }
        return new IndexLine(
                line.charAt(0) == 'd',
                Integer.parseInt(line, mode, size - 1, OCTAL),
                Long.parseLong(line, size, path - 1, DECIMAL),
                line.substring(path));
    }
}
