package io.github.jdbcpglite.jdbc.internal.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDataFinderTest {
    private static final byte[] BEFORE =
            join(
                    new Wire.Body().int32(0).message('R'),
                    new Wire.Body().text("TimeZone").text("UTC").message('S'),
                    new Wire.Body().message('N'));
    private static final byte[] KEY = new Wire.Body().int32(42).raw("secret").message('K');
    private static final byte[] READY = new Wire.Body().one('I').message('Z');

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Shows it bytes in pieces of a size. */
    private static Optional<ByteBuffer> find(byte[] bytes, int size) {
        KeyDataFinder finder = new KeyDataFinder();
        Optional<ByteBuffer> found = Optional.empty();
        for (int at = 0; at < bytes.length && !finder.isDone(); at += size) {
            int count = Math.min(size, bytes.length - at);
            byte[] piece = new byte[count + 3];
            System.arraycopy(bytes, at, piece, 0, count);
            found = finder.look(piece, count);
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    void findsTheKeyInWhateverPiecesItComes(int size) {
        assertThat(find(join(BEFORE, KEY, READY), size)).contains(data(42, "secret"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 1000})
    void looksNoFurtherThanReadyForQuery(int size) {
        assertThat(find(join(BEFORE, READY, KEY), size)).isEmpty();
        assertThat(find(Wire.fatal("53300", "full"), size)).isEmpty();
    }

    @Test
    void believesNoLengthThatCannotBe() {
        byte[] huge = KEY.clone();
        ByteBuffer.wrap(huge).putInt(1, Integer.MAX_VALUE);
        assertThat(find(huge, 3)).isEmpty();
        byte[] negative = KEY.clone();
        ByteBuffer.wrap(negative).putInt(1, -1);
        assertThat(find(negative, 3)).isEmpty();
    }

    @Test
    void onlyTheWholeKeyFits() {
        CancelKeys keys = new CancelKeys();
        keys.add(data(42, "secret"));
        assertThat(keys.fit(data(42, "secret"))).isTrue();
        assertThat(keys.fit(data(42, "secre"))).isFalse();
        assertThat(keys.fit(data(42, "secrets"))).isFalse();
        assertThat(keys.fit(data(43, "secret"))).isFalse();
        assertThat(keys.fit(data(42, ""))).isFalse();
        assertThat(keys.fit(ByteBuffer.allocate(2))).isFalse();
        keys.remove(42);
        assertThat(keys.fit(data(42, "secret"))).isFalse();
    }

    private static ByteBuffer data(int pid, String key) {
        byte[] bytes = key.getBytes(UTF_8);
        return ByteBuffer.allocate(4 + bytes.length).putInt(pid).put(bytes).flip();
    }
}
