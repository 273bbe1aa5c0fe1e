package io.github.jdbcpglite.engine;

/**
 * Takes or fills a part of a range of memory.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface ByteRange<X extends Exception> {
    /**
     * Handles {@code length} bytes of {@code bytes} from {@code offset}. The array may be the
     * memory's own or a copy, and is not kept.
     *
     * @return how many bytes were handled, at most {@code length}
     */
    int apply(byte[] bytes, int offset, int length) throws X;
}
