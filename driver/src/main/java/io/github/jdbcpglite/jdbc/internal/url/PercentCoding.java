package io.github.jdbcpglite.jdbc.internal.url;

import io.github.jdbcpglite.jdbc.internal.error.SqlErrors;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Percent-encoding of RFC 3986 section 2.1 over UTF-8. */
final class PercentCoding {
    /** Characters besides letters and digits that stand for themselves in what is encoded. */
    private static final String PLAIN = "-._~/:\\";

    private PercentCoding() {}

    /**
     * Decodes {@code %XX}.
     *
     * @param plusIsSpace whether a plus means a space, as pgjdbc has it in parameters
     */
    static String decode(String text, boolean plusIsSpace) throws SQLException {
        String spaced = plusIsSpace ? text.replace('+', ' ') : text;
        if (spaced.indexOf('%') < 0) {
            return spaced;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] source = spaced.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < source.length; i++) {
            if (source[i] != '%') {
                bytes.write(source[i]);
            } else if (i + 2 < source.length && isHex(source[i + 1]) && isHex(source[i + 2])) {
                bytes.write(
                        Integer.parseInt(
                                new String(source, i + 1, 2, StandardCharsets.US_ASCII), 16));
                i += 2;
            } else {
                throw badCoding(null);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw badCoding(e);
        }
    }

    /** Encodes what would have another meaning in a target. */
    static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isAsciiLetterOrDigit(c) || PLAIN.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static boolean isAsciiLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isHex(byte b) {
        return Character.digit(b, 16) >= 0;
    }

    private static SQLException badCoding(@Nullable Throwable cause) {
        // The text is left out: it may be a password.
        return SqlErrors.cannotConnect(
                "Invalid "
                        + JdbcUrl.PREFIX
                        + " URL: % must be followed by two hexadecimal digits"
                        + " of a UTF-8 byte, and a literal % is written %25",
                cause);
    }
}
