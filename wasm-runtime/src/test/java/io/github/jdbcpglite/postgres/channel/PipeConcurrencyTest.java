package io.github.jdbcpglite.postgres.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads on both ends of pipes and channels. A lost wake-up shows as a wait past the deadline, and
 * lost or doubled bytes as a wrong sequence; the seed is in the message of a failure.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeConcurrencyTest {
    private static final long DEADLINE_SECONDS = 60;

    private final long seed = System.nanoTime();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> new Thread(task, "pipe-test"));

    @AfterEach
    void noThreadStays() throws Exception {
        threads.shutdown();
        assertThat(threads.awaitTermination(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void manyPairsOfThreadsPassAllBytesInOrder() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int pair = 0; pair < 6; pair++) {
            BytePipe pipe = new BytePipe(1 << (pair * 2));
            Random writing = new Random(seed + pair);
            Random reading = new Random(~seed + pair);
            int total = pair == 0 ? 20_000 : 300_000;
            all.add(threads.submit(() -> write(pipe, writing, total)));
            all.add(threads.submit(() -> readAll(pipe, reading, total)));
        }
        finish(all);
    }

    /** Every message is one byte answered by one byte, so each wake-up matters. */
    @Test
    void pingPongLosesNoWakeUp() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int pair = 0; pair < 3; pair++) {
            DuplexChannel channel = new DuplexChannel(2);
            int rounds = 20_000;
            all.add(threads.submit(() -> ping(channel.client(), rounds)));
            all.add(threads.submit(() -> echo(channel.server())));
        }
        finish(all);
    }

    @Test
    void aServerThatOnlyWaitsForItsListenerEchoesEverything() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int pair = 0; pair < 4; pair++) {
            DuplexChannel channel = new DuplexChannel(16 << pair);
            ClientEnd client = channel.client();
            int total = 200_000;
            Random writing = new Random(seed + pair);
            Random reading = new Random(~seed + pair);
            all.add(threads.submit(() -> echo(channel.server())));
            all.add(threads.submit(() -> writeToChannel(client, writing, total)));
            all.add(threads.submit(() -> readFromChannel(client, reading, total)));
        }
        finish(all);
    }

    @Test
    void closingUnblocksReadersAndWritersOnBothEnds() throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            DuplexChannel channel = new DuplexChannel(4);
            ClientEnd client = channel.client();
            byte[] buffer = new byte[64];
            Future<Integer> reader =
                    threads.submit(() -> client.read(new byte[1], 0, 1, BytePipe.NO_DEADLINE));
            Future<?> writer =
                    threads.submit(call(() -> client.write(buffer, 0, 64, BytePipe.NO_DEADLINE)));
            for (int i = random.nextInt(200); i > 0; i--) {
                Thread.onSpinWait();
            }
            switch (round % 3) {
                case 0 -> client.close();
                case 1 -> channel.server().close();
                default -> channel.reset();
            }
            assertThat(get(reader)).as(where()).isEqualTo(-1);
            assertThatThrownBy(() -> get(writer)).as(where()).hasCauseInstanceOf(IOException.class);
        }
    }

    private Void write(BytePipe pipe, Random random, int total) throws IOException {
        Sequence sequence = new Sequence();
        for (int done = 0; done < total; ) {
            byte[] chunk = sequence.next(Math.min(1 + random.nextInt(3000), total - done));
            pipe.write(chunk, 0, chunk.length, deadline());
            done += chunk.length;
        }
        pipe.closeWriter();
        return null;
    }

    private Void readAll(BytePipe pipe, Random random, int total) throws IOException {
        Sequence sequence = new Sequence();
        byte[] buffer = new byte[4000];
        int done = 0;
        for (int count; (count = read(pipe, random, buffer)) >= 0; done += count) {
            assertThat(sequence.matches(buffer, count)).as(where()).isTrue();
        }
        assertThat(done).as(where()).isEqualTo(total);
        return null;
    }

    private int read(BytePipe pipe, Random random, byte[] buffer) throws IOException {
        return pipe.read(buffer, 0, 1 + random.nextInt(buffer.length), deadline());
    }

    private Void ping(ClientEnd client, int rounds) throws IOException {
        byte[] one = new byte[1];
        for (int i = 0; i < rounds; i++) {
            one[0] = (byte) i;
            client.write(one, 0, 1, deadline());
            assertThat(client.read(one, 0, 1, deadline())).as(where()).isEqualTo(1);
            assertThat(one[0]).as(where()).isEqualTo((byte) i);
        }
        client.close();
        return null;
    }

    /** A backend in small: it asks, and sleeps until its listener was called. */
    private Void echo(ServerEnd server) throws InterruptedException {
        Semaphore woken = new Semaphore(0);
        server.listener(woken::release);
        byte[] buffer = new byte[700];
        while (true) {
            int count = server.read(buffer, 0, buffer.length);
            if (count == 0 && server.atEndOfInput()) {
                server.close();
                return null;
            }
            for (int sent = 0; sent < count; ) {
                int written = server.write(buffer, sent, count - sent);
                if (written < 0) {
                    return null;
                }
                sent += written;
                if (written == 0 && !server.writable()) {
                    sleep(woken);
                }
            }
            if (count == 0) {
                sleep(woken);
            }
        }
    }

    private void sleep(Semaphore woken) throws InterruptedException {
        assertThat(woken.tryAcquire(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .as("woken before the deadline, %s", where())
                .isTrue();
        woken.drainPermits();
    }

    private Void writeToChannel(ClientEnd client, Random random, int total) throws IOException {
        Sequence sequence = new Sequence();
        for (int done = 0; done < total; ) {
            byte[] chunk = sequence.next(Math.min(1 + random.nextInt(500), total - done));
            client.write(chunk, 0, chunk.length, deadline());
            done += chunk.length;
        }
        client.closeOutput();
        return null;
    }

    private Void readFromChannel(ClientEnd client, Random random, int total) throws IOException {
        Sequence sequence = new Sequence();
        byte[] buffer = new byte[900];
        int done = 0;
        for (int count; done < total; done += count) {
            count = client.read(buffer, 0, 1 + random.nextInt(buffer.length), deadline());
            assertThat(count).as(where()).isPositive();
            assertThat(sequence.matches(buffer, count)).as(where()).isTrue();
        }
        assertThat(client.read(buffer, 0, 1, deadline())).as(where()).isEqualTo(-1);
        return null;
    }

    private void finish(List<Future<?>> all) throws Exception {
        for (Future<?> one : all) {
            get(one);
        }
    }

    private <T> T get(Future<T> future) throws Exception {
        try {
            return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            e.addSuppressed(new AssertionError(where()));
            throw e;
        }
    }

    private static Callable<Void> call(IoAction action) {
        return () -> {
            action.run();
            return null;
        };
    }

    private String where() {
        return "seed " + seed;
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    }

    private interface IoAction {
        void run() throws IOException;
    }

    /** Bytes of which each tells its place well enough to notice one lost or doubled. */
    private static final class Sequence {
        private int position;

        byte[] next(int count) {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = at(position++);
            }
            return bytes;
        }

        boolean matches(byte[] bytes, int count) {
            for (int i = 0; i < count; i++) {
                if (bytes[i] != at(position++)) {
                    return false;
                }
            }
            return true;
        }

        private static byte at(int position) {
            return (byte) (position ^ (position >> 8) * 31);
        }
    }
}
