package io.github.jdbcpglite.postgres.internal.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes an archive in POSIX's pax format, which is its ustar format where names and sizes fit. The
 * stream that it writes to stays open; nothing is written ahead.
 */
public final class TarWriter {
    /** The largest size that fits into eleven octal digits, in bytes. */
    private static final long MAX_OCTAL = (1L << 33) - 1;

    private final OutputStream out;
    private final long modifiedSeconds;

    /**
     * Starts with an empty archive.
     *
     * @param out gets it
     * @param modifiedSeconds the time of all entries, in seconds since 1970
     */
    public TarWriter(OutputStream out, long modifiedSeconds) {
        this.out = out;
        this.modifiedSeconds = modifiedSeconds;
    }

    /**
     * Writes a directory.
     *
     * @param name with or without slashes around it
     * @param mode the permissions
     * @throws IOException if it cannot be written
     */
    public void directory(String name, int mode) throws IOException {
        header(TarHeader.DIRECTORY, name.endsWith("/") ? name : name + "/", mode, 0);
    }

    /**
     * Writes a file.
     *
     * @param name with or without a slash in front
     * @param mode the permissions
     * @param size of its contents, in bytes
     * @param contents as many bytes, which are read; the stream stays open
     * @throws IOException if it cannot be written, or there are fewer or more bytes
     */
    public void file(String name, int mode, long size, InputStream contents) throws IOException {
        header(TarHeader.FILE, name, mode, size);
        long copied = contents.transferTo(out);
        if (copied != size) {
            throw new IOException(name + " was said to have " + size + " bytes, and had " + copied);
        }
        out.write(new byte[TarHeader.padding(size)]);
    }

    /**
     * Ends the archive.
     *
     * @throws IOException if it cannot be written
     */
    public void finish() throws IOException {
        out.write(new byte[2 * TarHeader.BLOCK]);
    }

    private void header(char type, String name, int mode, long size) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean fits = bytes.length <= TarHeader.NAME.length() && bytes.length == name.length();
        ByteArrayOutputStream attributes = new ByteArrayOutputStream();
        if (!fits) {
            attributes.write(attribute("path", name));
        }
        if (size > MAX_OCTAL) {
            attributes.write(attribute("size", Long.toString(size)));
        }
        if (attributes.size() > 0) {
            block(TarHeader.PAX, ascii("PaxHeader"), mode, attributes.size());
            attributes.writeTo(out);
            out.write(new byte[TarHeader.padding(attributes.size())]);
        }
        block(type, fits ? bytes : ascii("long-name"), mode, size > MAX_OCTAL ? 0 : size);
    }

    private void block(char type, byte[] name, int mode, long size) throws IOException {
        TarHeader header = new TarHeader(new byte[TarHeader.BLOCK]);
        header.bytes(TarHeader.NAME, name);
        header.octal(TarHeader.MODE, mode);
        header.octal(TarHeader.UID, 0);
        header.octal(TarHeader.GID, 0);
        header.octal(TarHeader.SIZE, size);
        header.octal(TarHeader.MODIFIED, modifiedSeconds);
        header.type(type);
        header.bytes(TarHeader.MAGIC, ascii(TarHeader.USTAR));
        header.seal();
        out.write(header.block());
    }

    /** Returns a record, which begins with its own length, the digits of it included. */
    private static byte[] attribute(String key, String value) {
        byte[] rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
        int length = rest.length;
        while (length != rest.length + Integer.toString(length).length()) {
            length = rest.length + Integer.toString(length).length();
        }
        byte[] digits = ascii(Integer.toString(length));
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(digits);
        record.writeBytes(rest);
        return record.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
