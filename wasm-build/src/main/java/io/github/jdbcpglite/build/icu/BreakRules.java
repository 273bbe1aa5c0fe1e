package io.github.jdbcpglite.build.icu;

import io.github.jdbcpglite.build.stage.PipelineException;

/**
 * The format {@code Brk }, version 6: where words begin and end, which initcap asks. After the
 * header come the places of two tables of states, of a trie, of the rules as text, and of numbers.
 */
final class BreakRules {
    static final String FORMAT = "Brk ";

    private static final int VERSION = 6;
    private static final int WORDS = 20;
    private static final int WORD_VERSION = 1;
    private static final int WORD_FORWARD = 4;
    private static final int WORD_REVERSE = 6;
    private static final int WORD_TRIE = 8;
    private static final int WORD_STATUS = 12;

    private static final int TABLE_HEADER_WORDS = 5;
    private static final int TABLE_FLAGS = 4 * Integer.BYTES;
    private static final int FLAG_ROWS_OF_BYTES = 4;

    private static final int TRIE_SIGNATURE = 0x54726933; // Tri3
    private static final int TRIE_OPTIONS = 4;
    private static final int TRIE_INDEX_LENGTH = 6;
    private static final int TRIE_DATA_LENGTH = 8;
    private static final int TRIE_HEADER = 16;
    private static final int[] TRIE_WIDTHS = {Short.BYTES, Integer.BYTES, Byte.BYTES};

    private BreakRules() {}

    /** Swaps a file. */
    static void swap(ByteOrderSwap file) {
        if (file.formatVersion(0) != VERSION) {
            throw new PipelineException("break rules of version " + file.formatVersion(0));
        }
        int base = file.swapHeader(0);
        file.swap(base, base + Integer.BYTES, Integer.BYTES);
        file.swap(
                base + (WORD_VERSION + 1) * Integer.BYTES,
                base + WORDS * Integer.BYTES,
                Integer.BYTES);
        swapTable(file, base, WORD_FORWARD);
        swapTable(file, base, WORD_REVERSE);
        swapTrie(file, base + file.int32(base + WORD_TRIE * Integer.BYTES));
        int status = base + file.int32(base + WORD_STATUS * Integer.BYTES);
        file.swap(
                status,
                status + file.int32(base + (WORD_STATUS + 1) * Integer.BYTES),
                Integer.BYTES);
    }

    private static void swapTable(ByteOrderSwap file, int base, int word) {
        int length = file.int32(base + (word + 1) * Integer.BYTES);
        if (length == 0) {
            return;
        }
        int table = base + file.int32(base + word * Integer.BYTES);
        int rows = table + TABLE_HEADER_WORDS * Integer.BYTES;
        file.swap(table, rows, Integer.BYTES);
        if ((file.int32(table + TABLE_FLAGS) & FLAG_ROWS_OF_BYTES) == 0) {
            file.swap(rows, table + length, Short.BYTES);
        }
    }

    private static void swapTrie(ByteOrderSwap file, int trie) {
        int options = file.uint16(trie + TRIE_OPTIONS);
        int width = options & 7;
        if (file.int32(trie) != TRIE_SIGNATURE || width >= TRIE_WIDTHS.length) {
            throw new PipelineException("no trie at " + trie);
        }
        int data = trie + TRIE_HEADER + file.uint16(trie + TRIE_INDEX_LENGTH) * Short.BYTES;
        int count = (options & 0xf000) << 4 | file.uint16(trie + TRIE_DATA_LENGTH);
        file.swap(trie, trie + Integer.BYTES, Integer.BYTES);
        file.swap(trie + Integer.BYTES, data, Short.BYTES);
        file.swap(data, data + count * TRIE_WIDTHS[width], TRIE_WIDTHS[width]);
    }
}
