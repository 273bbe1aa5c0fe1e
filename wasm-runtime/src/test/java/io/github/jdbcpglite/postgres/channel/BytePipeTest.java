package io.github.jdbcpglite.postgres.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BytePipeTest {
    private final BytePipe pipe = new BytePipe(8);
    private final byte[] buffer = new byte[16];

    @Test
    void capacityMustBeAPowerOfTwo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BytePipe(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new BytePipe(24));
        assertThatIllegalArgumentException().isThrownBy(() -> new BytePipe(-8));
        assertThat(new BytePipe(1).capacity()).isEqualTo(1);
    }

    @Test
    void bytesComeOutInOrderAcrossTheEndOfTheRing() {
        assertThat(pipe.writeNow(bytes(1, 2, 3, 4, 5, 6), 0, 6)).isEqualTo(6);
        assertThat(pipe.readNow(buffer, 0, 5)).isEqualTo(5);
        assertThat(pipe.writeNow(bytes(7, 8, 9, 10, 11, 12, 13, 14), 0, 8)).isEqualTo(7);
        assertThat(pipe.available()).isEqualTo(8);
        assertThat(pipe.readNow(buffer, 2, 14)).isEqualTo(8);
        assertThat(buffer).startsWith(1, 2, 6, 7, 8, 9, 10, 11, 12, 13).endsWith(0, 0, 0, 0, 0, 0);
    }

    @Test
    void aFullRingTakesNothingAndAnEmptyOneGivesNothing() {
        assertThat(pipe.readNow(buffer, 0, 16)).isZero();
        assertThat(pipe.writeNow(new byte[8], 0, 8)).isEqualTo(8);
        assertThat(pipe.writable()).isFalse();
        assertThat(pipe.writeNow(new byte[1], 0, 1)).isZero();
        assertThat(pipe.readNow(buffer, 0, 1)).isEqualTo(1);
        assertThat(pipe.writable()).isTrue();
    }

    @Test
    void theReaderGetsWhatWasWrittenBeforeTheEnd() throws Exception {
        pipe.writeNow(bytes(1, 2), 0, 2);
        pipe.closeWriter();
        assertThat(pipe.atEnd()).isFalse();
        assertThat(pipe.read(buffer, 0, 16, BytePipe.NO_DEADLINE)).isEqualTo(2);
        assertThat(pipe.atEnd()).isTrue();
        assertThat(pipe.read(buffer, 0, 16, BytePipe.NO_DEADLINE)).isEqualTo(-1);
        assertThat(pipe.readNow(buffer, 0, 16)).isEqualTo(-1);
        assertThat(pipe.writeNow(buffer, 0, 1)).isEqualTo(-1);
    }

    @Test
    void resetDropsWhatIsUnderWay() {
        pipe.writeNow(bytes(1, 2), 0, 2);
        pipe.reset();
        assertThat(pipe.available()).isZero();
        assertThat(pipe.readNow(buffer, 0, 16)).isEqualTo(-1);
        assertThat(pipe.writeNow(buffer, 0, 1)).isEqualTo(-1);
        assertThat(pipe.writable()).as("writing would fail at once").isTrue();
    }

    @Test
    void writingToAReaderThatLeftFails() {
        pipe.closeReader();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> pipe.write(buffer, 0, 1, BytePipe.NO_DEADLINE))
                .withMessageContaining("Broken pipe");
    }

    @Test
    void readingTimesOutAndCanGoOn() throws Exception {
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> pipe.read(buffer, 0, 1, afterMillis(5)));
        pipe.writeNow(bytes(7), 0, 1);
        assertThat(pipe.read(buffer, 0, 1, afterMillis(5))).isEqualTo(1);
        assertThat(buffer[0]).isEqualTo((byte) 7);
    }

    @Test
    void writingTimesOutAndTellsHowFarItCame() {
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> pipe.write(buffer, 0, 12, afterMillis(5)))
                .satisfies(timeout -> assertThat(timeout.bytesTransferred).isEqualTo(8));
    }

    @Test
    void anInterruptIsKeptAndDoesNotEndAWait() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> pipe.read(buffer, 0, 1, afterMillis(5)));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void listenersRunOnlyAfterAnAnswerOfNothing() {
        AtomicInteger readable = new AtomicInteger();
        AtomicInteger writable = new AtomicInteger();
        pipe.onReadable(readable::incrementAndGet);
        pipe.onWritable(writable::incrementAndGet);

        pipe.writeNow(new byte[2], 0, 2);
        assertThat(readable).as("nobody was told there was nothing").hasValue(0);
        pipe.readNow(buffer, 0, 16);
        assertThat(pipe.available()).isZero();
        pipe.writeNow(new byte[2], 0, 2);
        pipe.writeNow(new byte[2], 0, 2);
        assertThat(readable).as("one wake-up for a burst").hasValue(1);

        pipe.writeNow(new byte[8], 0, 8);
        assertThat(pipe.writable()).isFalse();
        pipe.readNow(buffer, 0, 1);
        pipe.readNow(buffer, 0, 1);
        assertThat(writable).hasValue(1);

        pipe.readNow(buffer, 0, 16);
        assertThat(pipe.readNow(buffer, 0, 16)).isZero();
        pipe.closeWriter();
        assertThat(readable).as("the end is news too").hasValue(2);
    }

    private static long afterMillis(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
