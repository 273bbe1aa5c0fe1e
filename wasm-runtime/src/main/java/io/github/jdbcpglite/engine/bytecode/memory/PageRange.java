package io.github.jdbcpglite.engine.bytecode.memory;

/** Takes or fills part of one page's array. */
@FunctionalInterface
public interface PageRange<X extends Exception> {
    /**
     * Handles {@code length} bytes of {@code page} from {@code offset}.
     *
     * @return how many bytes were handled, at most {@code length}
     */
    int apply(byte[] page, int offset, int length) throws X;
}
