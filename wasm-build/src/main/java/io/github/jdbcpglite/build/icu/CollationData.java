package io.github.jdbcpglite.build.icu;

import io.github.jdbcpglite.build.stage.PipelineException;

/**
 * The format {@code UCol}, versions 4 and 5: the rules of a collation in the form that ICU uses
 * them. After the header come numbers that say where its parts begin, and then the parts.
 */
final class CollationData {
    static final String FORMAT = "UCol";

    /** Number of offsets; fewer are there if the last parts are empty. */
    private static final int FIRST_PART = 5;

    private static final int TRIE = 2;

    /** The width of the numbers of each part, from {@link #FIRST_PART} on. */
    private static final int[] WIDTHS = {
        4, // reorder codes
        1, // reorder table
        0, // trie
        8, // reserved
        8, // collation elements of 64 bits
        8, // reserved
        4, // collation elements of 32 bits
        4, // root elements
        2, // contexts
        2, // unsafe characters
        2, // fast Latin
        2, // scripts
        1, // compressible bytes
        1, // reserved
    };

    private static final int TRIE_SIGNATURE = 0x54726932; // Tri2
    private static final int TRIE_HEADER = 16;
    private static final int TRIE_INDEX_LENGTH = 6;
    private static final int TRIE_DATA_LENGTH = 8;
    private static final int TRIE_DATA_SHIFT = 2;

    private CollationData() {}

    /** Swaps one that begins, with its header, at an offset. */
    static void swap(ByteOrderSwap file, int offset) {
        int version = file.formatVersion(offset);
        if (version != 4 && version != 5) {
            throw new PipelineException("collation data of version " + version);
        }
        int base = offset + file.swapHeader(offset);
        int count = file.int32(base);
        file.swap(base, base + count * Integer.BYTES, Integer.BYTES);
        for (int part = 0; part < WIDTHS.length && FIRST_PART + part + 1 < count; part++) {
            int from = base + file.int32(base + (FIRST_PART + part) * Integer.BYTES);
            int to = base + file.int32(base + (FIRST_PART + part + 1) * Integer.BYTES);
            if (part != TRIE) {
                file.swap(from, to, WIDTHS[part]);
            } else if (from < to) {
                swapTrie(file, from, to);
            }
        }
    }

    /** Swaps a UTrie2 whose values have 32 bits. */
    private static void swapTrie(ByteOrderSwap file, int from, int to) {
        if (file.int32(from) != TRIE_SIGNATURE || (file.uint16(from + 4) & 0xf) != 1) {
            throw new PipelineException("no trie of 32 bits at " + from);
        }
        int index = from + TRIE_HEADER;
        int data = index + file.uint16(from + TRIE_INDEX_LENGTH) * Short.BYTES;
        int end = data + (file.uint16(from + TRIE_DATA_LENGTH) << TRIE_DATA_SHIFT) * Integer.BYTES;
        if (end > to) {
            throw new PipelineException("the trie at " + from + " ends behind its part");
        }
        file.swap(from, from + Integer.BYTES, Integer.BYTES);
        file.swap(from + Integer.BYTES, data, Short.BYTES);
        file.swap(data, end, Integer.BYTES);
    }
}
