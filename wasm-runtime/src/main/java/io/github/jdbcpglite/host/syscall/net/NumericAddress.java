package io.github.jdbcpglite.host.syscall.net;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Internet addresses as text, without any look-up: {@code inet_addr}'s forms of IPv4, RFC 4291's of
 * IPv6 with an optional numeric zone, and RFC 5952's canonical form on the way out.
 */
final class NumericAddress {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int V6_WORDS = 8;

    private final byte[] bytes;
    private final int scope;

    private NumericAddress(byte[] bytes, int scope) {
        this.bytes = bytes;
        this.scope = scope;
    }

    static NumericAddress of(byte[] bytes, int scope) {
        return new NumericAddress(bytes, scope);
    }

    /** Returns the address in network order, 4 or 16 bytes. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns the zone of a link-local IPv6 address, or 0. */
    int scope() {
        return scope;
    }

    boolean isV6() {
        return bytes.length == V6_BYTES;
    }

    /** Returns an IPv4 address as IPv6, {@code ::ffff:a.b.c.d}. */
    NumericAddress mapped() {
        byte[] mapped = new byte[V6_BYTES];
        mapped[10] = (byte) 0xFF;
        mapped[11] = (byte) 0xFF;
        System.arraycopy(bytes, 0, mapped, V6_BYTES - V4_BYTES, V4_BYTES);
        return new NumericAddress(mapped, 0);
    }

    /** Parses an address; {@code null} for anything else. */
    static @Nullable NumericAddress parse(String text) {
        return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
    }

    /** Parses {@code a.b.c.d}, {@code a.b.c}, {@code a.b} or {@code a}, as {@code inet_addr}. */
    private static @Nullable NumericAddress parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > V4_BYTES) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            int width = last ? V4_BYTES - i : 1;
            long part = parseNumber(parts[i]);
            if (part < 0 || part >= 1L << (8 * width)) {
                return null;
            }
            address |= part << (last ? 0 : 8 * (V4_BYTES - 1 - i));
        }
        byte[] bytes = new byte[V4_BYTES];
        for (int i = 0; i < V4_BYTES; i++) {
            bytes[i] = (byte) (address >>> (8 * (V4_BYTES - 1 - i)));
        }
        return new NumericAddress(bytes, 0);
    }

    /** Parses decimal, octal after 0 or hexadecimal after 0x; -1 if it is none. */
    private static long parseNumber(String text) {
        int radix = 10;
        String digits = text;
        if (text.startsWith("0x") || text.startsWith("0X")) {
            radix = 16;
            digits = text.substring(2);
        } else if (text.length() > 1 && text.startsWith("0")) {
            radix = 8;
            digits = text.substring(1);
        }
        return parseDigits(digits, radix, 11);
    }

    private static long parseDigits(String digits, int radix, int maxDigits) {
        if (digits.isEmpty() || digits.length() > maxDigits) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static @Nullable NumericAddress parseV6(String text) {
        int percent = text.indexOf('%');
        long scope = 0;
        String address = text;
        if (percent >= 0) {
            scope = parseDigits(text.substring(percent + 1), 10, 10);
            address = text.substring(0, percent);
        }
        if (scope < 0 || scope > 0xFFFF_FFFFL) {
            return null;
        }
        byte[] bytes = v6Bytes(address);
        return bytes == null ? null : new NumericAddress(bytes, (int) scope);
    }

    private static byte @Nullable [] v6Bytes(String address) {
        int gap = address.indexOf("::");
        if (gap < 0) {
            List<Integer> words = words(address);
            return words == null || words.size() != V6_WORDS ? null : join(words, List.of());
        }
        List<Integer> head = words(address.substring(0, gap));
        List<Integer> tail = words(address.substring(gap + 2));
        if (head == null || tail == null || head.size() + tail.size() >= V6_WORDS) {
            return null;
        }
        // Four dotted numbers end an address only.
        return address.substring(0, gap).indexOf('.') >= 0 ? null : join(head, tail);
    }

    private static @Nullable List<Integer> words(String text) {
        List<Integer> words = new ArrayList<>();
        if (text.isEmpty()) {
            return words;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                if (!addDotted(parts[i], words)) {
                    return null;
                }
                continue;
            }
            int word = (int) parseDigits(parts[i], 16, 4);
            if (word < 0) {
                return null;
            }
            words.add(word);
        }
        return words;
    }

    private static boolean addDotted(String text, List<Integer> words) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4_BYTES) {
            return false;
        }
        int[] numbers = new int[V4_BYTES];
        for (int i = 0; i < V4_BYTES; i++) {
            numbers[i] = (int) parseDigits(parts[i], 10, 3);
            if (numbers[i] < 0 || numbers[i] > 0xFF) {
                return false;
            }
        }
        words.add(numbers[0] << 8 | numbers[1]);
        words.add(numbers[2] << 8 | numbers[3]);
        return true;
    }

    private static byte[] join(List<Integer> head, List<Integer> tail) {
        byte[] bytes = new byte[V6_BYTES];
        putWords(bytes, 0, head);
        putWords(bytes, V6_BYTES - 2 * tail.size(), tail);
        return bytes;
    }

    private static void putWords(byte[] bytes, int start, List<Integer> words) {
        for (int i = 0; i < words.size(); i++) {
            bytes[start + 2 * i] = (byte) (words.get(i) >>> 8);
            bytes[start + 2 * i + 1] = (byte) (int) words.get(i);
        }
    }

    /** Returns the canonical text. */
    @Override
    public String toString() {
        if (!isV6()) {
            return dotted(0);
        }
        String text = isMapped() ? "::ffff:" + dotted(V6_BYTES - V4_BYTES) : v6Text();
        return scope == 0 ? text : text + "%" + Integer.toUnsignedString(scope);
    }

    private boolean isMapped() {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    private String dotted(int start) {
        return (bytes[start] & 0xFF)
                + "."
                + (bytes[start + 1] & 0xFF)
                + "."
                + (bytes[start + 2] & 0xFF)
                + "."
                + (bytes[start + 3] & 0xFF);
    }

    private String v6Text() {
        int gapStart = -1;
        int gapLength = 1; // one zero word alone is written out
        for (int i = 0; i < V6_WORDS; i++) {
            int length = zeroWordsFrom(i);
            if (length > gapLength) {
                gapStart = i;
                gapLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < V6_WORDS; i++) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength - 1;
            } else {
                if (i > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(word(i)));
            }
        }
        return text.toString();
    }

    private int zeroWordsFrom(int start) {
        int end = start;
        while (end < V6_WORDS && word(end) == 0) {
            end++;
        }
        return end - start;
    }

    private int word(int index) {
        return (bytes[2 * index] & 0xFF) << 8 | (bytes[2 * index + 1] & 0xFF);
    }
}
