package io.github.jdbcpglite.postgres.internal.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive, entry by entry. After {@link #next} it is the stream of the entry's contents,
 * which need not be read to their end. How much of an archive is read into memory is the business
 * of the stream that it reads from.
 */
public final class TarReader extends InputStream {
    private final InputStream in;

    /** Of the entry's contents, in bytes. */
    private long left;

    /** Behind them, in bytes. */
    private int padding;

    /**
     * Starts before the first entry.
     *
     * @param in the archive, which {@link #close} closes
     */
    public TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * A file or a directory.
     *
     * @param name as the archive has it, without slashes at the end
     * @param directory or a file
     * @param size of a file's contents, in bytes
     */
    public record Entry(String name, boolean directory, long size) {}

    /**
     * Goes to the next entry.
     *
     * @return {@code null} at the end
     * @throws IOException if it cannot be read, is cut off, is no archive, or has an entry that is
     *     neither a file nor a directory
     */
    public @Nullable Entry next() throws IOException {
        Map<String, String> attributes = new LinkedHashMap<>();
        TarHeader header = header();
        while (header != null) {
            start(header.number(TarHeader.SIZE));
            switch (header.type()) {
                case TarHeader.PAX -> attributes(contents(), attributes);
                case TarHeader.GNU_LONG_NAME -> attributes.put("path", untilNul(contents()));
                case TarHeader.GNU_LONG_LINK, TarHeader.PAX_OF_ALL -> {
                    // says nothing about names and sizes of files
                }
                default -> {
                    return entry(header, attributes);
                }
            }
            header = header();
        }
        return null;
    }

    private Entry entry(TarHeader header, Map<String, String> attributes) throws IOException {
        String name = attributes.getOrDefault("path", header.name());
        String size = attributes.get("size");
        if (size != null) {
            start(decimal(size));
        }
        boolean slash = name.endsWith("/");
        String plain = slash ? name.replaceFirst("/+$", "") : name;
        return switch (header.type()) {
            case TarHeader.DIRECTORY -> {
                start(0); // some programs write the size of what is in it
                yield new Entry(plain, true, 0);
            }
            case TarHeader.FILE, TarHeader.OLD_FILE, TarHeader.CONTIGUOUS_FILE ->
                    new Entry(plain, slash, left);
            default ->
                    throw new TarFormatException(
                            "it has an entry that is neither a file nor a directory: " + name);
        };
    }

    private @Nullable TarHeader header() throws IOException {
        skipNBytes(left);
        if (in.readNBytes(padding).length < padding) {
            throw new TarFormatException("it is cut off");
        }
        padding = 0;
        byte[] block = in.readNBytes(TarHeader.BLOCK);
        if (block.length == 0) {
            return null;
        }
        if (block.length < TarHeader.BLOCK) {
            throw new TarFormatException("it is cut off");
        }
        TarHeader header = new TarHeader(block);
        if (header.isEmpty()) {
            return null;
        }
        if (!header.isSound()) {
            throw new TarFormatException("a checksum is wrong");
        }
        return header;
    }

    private void start(long size) {
        left = size;
        padding = TarHeader.padding(size);
    }

    private byte[] contents() throws IOException {
        if (left > Integer.MAX_VALUE - 8) {
            throw new TarFormatException("a name in it is too long");
        }
        byte[] bytes = readNBytes((int) left);
        if (left > 0) {
            throw new TarFormatException("it is cut off");
        }
        return bytes;
    }

    private static String untilNul(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** Reads records, each {@code length key=value} with a line end, the length of all of it. */
    private static void attributes(byte[] bytes, Map<String, String> into) throws IOException {
        int start = 0;
        while (start < bytes.length && bytes[start] != 0) {
            int space = start;
            while (space < bytes.length && bytes[space] != ' ') {
                space++;
            }
            long end = start + decimal(text(bytes, start, space));
            if (end <= space + 1 || end > bytes.length || bytes[(int) end - 1] != '\n') {
                throw new TarFormatException("it has attributes that cannot be read");
            }
            String record = text(bytes, space + 1, (int) end - 1);
            int equals = record.indexOf('=');
            if (equals < 0) {
                throw new TarFormatException("it has attributes that cannot be read");
            }
            into.put(record.substring(0, equals), record.substring(equals + 1));
            start = (int) end;
        }
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private static long decimal(String digits) throws IOException {
        if (!digits.matches("[0-9]{1,18}")) {
            throw new TarFormatException("it has no number where there must be one");
        }
        return Long.parseLong(digits);
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        int value = in.read();
        counted(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, left));
        counted(read);
        return read;
    }

    private void counted(int read) throws IOException {
        if (read < 0) {
            throw new TarFormatException("it is cut off");
        }
        left -= read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
