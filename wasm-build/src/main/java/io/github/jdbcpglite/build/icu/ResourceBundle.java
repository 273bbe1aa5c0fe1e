package io.github.jdbcpglite.build.icu;

import io.github.jdbcpglite.build.stage.PipelineException;
import java.util.HashSet;
import java.util.Set;

/**
 * The format {@code ResB}, versions 2 and 3: a tree of resources. After the header come the root
 * and numbers that say where the parts end: keys, which are bytes; strings and small tables of 16
 * bits; and the other resources, of 32 bits and of bytes, which are found by following the tree.
 *
 * @see <a
 *     href="https://github.com/unicode-org/icu/blob/main/icu4c/source/common/uresdata.h">uresdata.h</a>
 */
final class ResourceBundle {
    static final String FORMAT = "ResB";

    private static final int INDEX_KEYS_TOP = 1;
    private static final int INDEX_16BIT_TOP = 6;
    private static final int INDEX_COUNT_MASK = 0xff;

    private static final int TYPE_SHIFT = 28;
    private static final int OFFSET_MASK = 0x0fffffff;
    private static final int STRING = 0;
    private static final int BINARY = 1;
    private static final int TABLE = 2;
    private static final int ALIAS = 3;
    private static final int TABLE_32 = 4;
    private static final int TABLE_16 = 5;
    private static final int STRING_16 = 6;
    private static final int INTEGER = 7;
    private static final int ARRAY = 8;
    private static final int ARRAY_16 = 9;
    private static final int INTEGERS = 14;

    private final ByteOrderSwap file;
    private final int base;
    private final Set<Integer> seen = new HashSet<>();

    private ResourceBundle(ByteOrderSwap file, int base) {
        this.file = file;
        this.base = base;
    }

    /** Swaps a file. */
    static void swap(ByteOrderSwap file) {
        int version = file.formatVersion(0);
        if (version != 2 && version != 3) {
            throw new PipelineException("a resource bundle of version " + version);
        }
        new ResourceBundle(file, file.swapHeader(0)).swapAll();
    }

    private void swapAll() {
        int indexes = file.int32(base + Integer.BYTES) & INDEX_COUNT_MASK;
        words(0, 1 + indexes);
        int keysTop = index(INDEX_KEYS_TOP);
        if (indexes > INDEX_16BIT_TOP && index(INDEX_16BIT_TOP) > keysTop) {
            file.swap(place(keysTop), place(index(INDEX_16BIT_TOP)), Short.BYTES);
        }
        resource(file.int32(base));
    }

    private int index(int number) {
        return file.int32(place(1 + number));
    }

    private int place(int word) {
        return base + word * Integer.BYTES;
    }

    private void words(int first, int count) {
        file.swap(place(first), place(first + count), Integer.BYTES);
    }

    private void resource(int item) {
        int type = item >>> TYPE_SHIFT;
        int word = item & OFFSET_MASK;
        // Those of 16 bits lie in the part that was swapped as a whole, and no offset is nothing.
        if (type == INTEGER || type == STRING_16 || type == TABLE_16 || type == ARRAY_16) {
            return;
        }
        if (word == 0 || !seen.add(word)) {
            return;
        }
        int count = file.int32(place(word));
        switch (type) {
            case STRING, ALIAS -> {
                words(word, 1);
                int text = place(word + 1);
                file.swap(text, text + (count + 1) * Short.BYTES, Short.BYTES);
            }
            case BINARY -> binary(word, count);
            case TABLE -> table(word);
            case TABLE_32 -> {
                words(word, 1 + count);
                items(word + 1 + count, count);
            }
            case ARRAY -> {
                words(word, 1);
                items(word + 1, count);
            }
            case INTEGERS -> words(word, 1 + count);
            default -> throw new PipelineException("a resource of type " + type);
        }
    }

    /** A number of entries, as many keys, all of 16 bits, and after a word's end the entries. */
    private void table(int word) {
        int count = file.uint16(place(word));
        int keyWords = (1 + count + 1) / 2;
        file.swap(place(word), place(word + keyWords), Short.BYTES);
        items(word + keyWords, count);
    }

    private void items(int first, int count) {
        words(first, count);
        for (int i = 0; i < count; i++) {
            resource(file.int32(place(first + i)));
        }
    }

    private void binary(int word, int length) {
        words(word, 1);
        int contents = place(word + 1);
        if (file.hasHeader(contents, length)) {
            if (!file.format(contents).equals(CollationData.FORMAT)) {
                throw new PipelineException("data of the format " + file.format(contents));
            }
            CollationData.swap(file, contents);
        }
    }
}
