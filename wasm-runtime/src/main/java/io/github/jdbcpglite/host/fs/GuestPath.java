package io.github.jdbcpglite.host.fs;

/**
 * Paths as the guest writes them, made absolute and clean for a {@link FileSystem}.
 *
 * <p>Cleaning is lexical: {@code a/../b} is {@code b} even if {@code a} is a symbolic link or does
 * not exist. PostgreSQL canonicalises its paths the same way.
 */
public final class GuestPath {
    /** Longest path in bytes, the terminating zero included, as {@code PATH_MAX}. */
    public static final int MAX_PATH_BYTES = 4096;

    /** Longest component in bytes, as {@code NAME_MAX}. */
    public static final int MAX_NAME_BYTES = 255;

    private GuestPath() {}

    /**
     * Makes a path absolute and clean.
     *
     * @param workingDirectory absolute clean path relative paths start from
     * @param path a path; the caller answers ENOENT to the empty one, which here is the working
     *     directory
     * @return an absolute path without empty, {@code .} and {@code ..} components
     */
    public static String resolve(String workingDirectory, String path) {
        if (isClean(path)) {
            return path;
        }
        StringBuilder clean = new StringBuilder(workingDirectory.length() + path.length() + 1);
        if (!path.startsWith("/")) {
            appendComponents(clean, workingDirectory);
        }
        appendComponents(clean, path);
        return clean.length() == 0 ? "/" : clean.toString();
    }

    /** Makes an absolute path clean. */
    public static String normalize(String path) {
        return resolve("/", path);
    }

    /** Returns whether a path is what a {@link FileSystem} takes. */
    public static boolean isClean(String path) {
        int length = path.length();
        if (length == 0 || path.charAt(0) != '/') {
            return false;
        }
        if (length == 1) {
            return true;
        }
        int start = 1;
        while (start <= length) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? length : slash;
            if (end == start || isDots(path, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** Returns the directory a clean path is in; the root is in itself. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** Returns the last component of a clean path, empty for the root. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the path of a name in a directory given by its clean path. */
    public static String child(String directory, String name) {
        return directory.equals("/") ? "/" + name : directory + "/" + name;
    }

    /** Returns whether a clean path is a directory's or below it. */
    public static boolean isWithin(String path, String directory) {
        return directory.equals("/")
                || (path.startsWith(directory)
                        && (path.length() == directory.length()
                                || path.charAt(directory.length()) == '/'));
    }

    /** Returns the length of a text in UTF-8, a lone surrogate counting as it is encoded: 1. */
    public static int utf8Length(String text) {
        int bytes = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes++;
            }
        }
        return bytes;
    }

    /** Fails with ENAMETOOLONG if a component is too long. */
    public static void checkName(String name) throws ErrnoException {
        // A char is at most three bytes, so short names need no counting.
        if (name.length() > MAX_NAME_BYTES / 3 && utf8Length(name) > MAX_NAME_BYTES) {
            throw new ErrnoException(Errno.ENAMETOOLONG);
        }
    }

    /** Fails with ENAMETOOLONG if a path is too long. */
    public static void checkPath(String path) throws ErrnoException {
        if (path.length() >= MAX_PATH_BYTES / 3 && utf8Length(path) >= MAX_PATH_BYTES) {
            throw new ErrnoException(Errno.ENAMETOOLONG);
        }
    }

    /** Fails with ENOENT or ENAMETOOLONG on what no symbolic link can hold. */
    public static void checkTarget(String target) throws ErrnoException {
        if (target.isEmpty()) {
            throw new ErrnoException(Errno.ENOENT);
        }
        checkPath(target);
    }

    private static boolean isDots(String path, int start, int end) {
        return path.charAt(start) == '.'
                && (end - start == 1 || (end - start == 2 && path.charAt(start + 1) == '.'));
    }

    private static void appendComponents(StringBuilder clean, String path) {
        int length = path.length();
        int start = 0;
        while (start < length) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? length : slash;
            if (end > start && !isDots(path, start, end)) {
                clean.append('/').append(path, start, end);
            } else if (end - start == 2) {
                clean.setLength(Math.max(0, clean.lastIndexOf("/")));
            }
            start = end + 1;
        }
    }
}
