package io.github.jdbcpglite.postgres.internal.tar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The block before each entry: its fields by their places. */
final class TarHeader {
    /** Bytes of a header, and what contents are padded to a multiple of. */
    static final int BLOCK = 512;

    static final Field NAME = new Field(0, 100);
    static final Field MODE = new Field(100, 8);
    static final Field UID = new Field(108, 8);
    static final Field GID = new Field(116, 8);
    static final Field SIZE = new Field(124, 12);
    static final Field MODIFIED = new Field(136, 12);
    static final Field CHECKSUM = new Field(148, 8);
    static final Field TYPE = new Field(156, 1);
    static final Field MAGIC = new Field(257, 8);
    static final Field PREFIX = new Field(345, 155);

    /** POSIX's magic and version; GNU's begins with the same five letters. */
    static final String USTAR = "ustar\00000";

    static final char FILE = '0';
    static final char OLD_FILE = '\0';
    static final char CONTIGUOUS_FILE = '7';
    static final char DIRECTORY = '5';
    static final char PAX = 'x';
    static final char PAX_OF_ALL = 'g';
    static final char GNU_LONG_NAME = 'L';
    static final char GNU_LONG_LINK = 'K';

    private final byte[] block;

    TarHeader(byte[] block) {
        this.block = block;
    }

    /** Where a field is, in bytes. */
    record Field(int offset, int length) {}

    byte[] block() {
        return block;
    }

    /** Returns whether there is nothing in it, which ends an archive. */
    boolean isEmpty() {
        return Arrays.equals(block, new byte[BLOCK]);
    }

    /** Returns whether the checksum is that of the block, of signed bytes or of unsigned ones. */
    boolean isSound() throws IOException {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean inside = i >= CHECKSUM.offset() && i < CHECKSUM.offset() + CHECKSUM.length();
            byte value = inside ? (byte) ' ' : block[i];
            unsigned += Byte.toUnsignedInt(value);
            signed += value;
        }
        long stored = number(CHECKSUM);
        return stored == unsigned || stored == signed;
    }

    /** Puts the checksum into its field. The other fields have to be there. */
    void seal() {
        Arrays.fill(block, CHECKSUM.offset(), CHECKSUM.offset() + CHECKSUM.length(), (byte) ' ');
        long sum = 0;
        for (byte value : block) {
            sum += Byte.toUnsignedInt(value);
        }
        octal(CHECKSUM, sum);
    }

    char type() {
        return (char) block[TYPE.offset()];
    }

    void type(char type) {
        block[TYPE.offset()] = (byte) type;
    }

    /** Returns the name with the prefix that POSIX's format may have. */
    String name() {
        String name = text(NAME);
        if (!text(MAGIC).equals("ustar")) { // GNU's goes on with spaces, and has no prefix
            return name;
        }
        String prefix = text(PREFIX);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Returns a field up to its first NUL. */
    String text(Field field) {
        int end = field.offset();
        while (end < field.offset() + field.length() && block[end] != 0) {
            end++;
        }
        return new String(block, field.offset(), end - field.offset(), StandardCharsets.UTF_8);
    }

    void bytes(Field field, byte[] value) {
        System.arraycopy(value, 0, block, field.offset(), value.length);
    }

    /**
     * Returns a number: octal digits, or binary after a byte of which the highest bit is set.
     *
     * @throws IOException if it is neither, negative, or above {@link Long#MAX_VALUE}
     */
    long number(Field field) throws IOException {
        if ((block[field.offset()] & 0x80) != 0) {
            return binary(field);
        }
        String digits = text(field).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw new TarFormatException("it has no number where there must be one");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private long binary(Field field) throws IOException {
        long value = block[field.offset()] & 0x7f;
        for (int i = 1; i < field.length(); i++) {
            if (value > Long.MAX_VALUE >> Byte.SIZE) {
                throw new TarFormatException("it has a number that is too large or negative");
            }
            value = value << Byte.SIZE | Byte.toUnsignedInt(block[field.offset() + i]);
        }
        return value;
    }

    /** Puts a number into a field, in octal digits with a NUL behind them. */
    void octal(Field field, long value) {
        String digits = Long.toOctalString(value);
        byte[] padded =
                "0"
                        .repeat(field.length() - 1 - digits.length())
                        .concat(digits)
                        .getBytes(StandardCharsets.US_ASCII);
        bytes(field, padded);
        block[field.offset() + field.length() - 1] = 0;
    }

    /** Returns how many bytes follow contents of a size until the next block. */
    static int padding(long size) {
        return (int) (-size & (BLOCK - 1));
    }
}
