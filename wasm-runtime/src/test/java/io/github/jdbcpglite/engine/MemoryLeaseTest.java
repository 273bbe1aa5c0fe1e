package io.github.jdbcpglite.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.bytecode.InterpretedGuests;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who looks into a memory never finds it closed, and it is closed once all have let go. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryLeaseTest {
    private static final int ROUNDS = 500;

    private final AtomicInteger closed = new AtomicInteger();
    private final MemoryLease lease = new MemoryLease(counting(closed));

    private static LinearMemory counting(AtomicInteger closed) {
        LinearMemory memory = InterpretedGuests.memory(1, 1);
        return (LinearMemory)
                Proxy.newProxyInstance(
                        LinearMemory.class.getClassLoader(),
                        new Class<?>[] {LinearMemory.class},
                        (proxy, method, args) -> {
                            if (method.getName().equals("close")) {
                                closed.incrementAndGet();
                            }
                            return method.invoke(memory, args);
                        });
    }

    @Test
    void theOwnerClosesItIfNobodyLooks() {
        assertThat(lease.look(memory -> memory.putInt(0, 5))).isTrue();
        assertThat(closed).hasValue(0);
        lease.release();
        lease.release();
        assertThat(closed).hasValue(1);
        assertThat(lease.look(memory -> memory.putInt(0, 6))).isFalse();
    }

    @Test
    void theLastOneWhoLooksClosesItIfTheOwnerIsGone() {
        lease.look(
                memory -> {
                    lease.release();
                    assertThat(closed).hasValue(0);
                    assertThat(lease.look(again -> {})).as("nobody new gets in").isFalse();
                    memory.putInt(0, 5);
                });
        assertThat(closed).hasValue(1);
    }

    @Test
    void aLookThatFailsLetsGoToo() {
        try {
            lease.look(
                    memory -> {
                        throw new IllegalStateException("expected");
                    });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("expected");
        }
        lease.release();
        assertThat(closed).hasValue(1);
    }

    @Test
    void nobodySeesAClosedMemoryWhateverTheOrder() throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(2, task -> new Thread(task, "lease-test"));
        try {
            for (int i = 0; i < ROUNDS; i++) {
                AtomicInteger ended = new AtomicInteger();
                MemoryLease contended = new MemoryLease(counting(ended));
                CountDownLatch start = new CountDownLatch(1);
                Future<Boolean> looker =
                        threads.submit(
                                () -> {
                                    start.await();
                                    AtomicInteger seen = new AtomicInteger();
                                    while (contended.look(memory -> seen.set(ended.get()))) {
                                        if (seen.get() != 0) {
                                            return false;
                                        }
                                    }
                                    return true;
                                });
                Future<?> owner =
                        threads.submit(
                                () -> {
                                    start.await();
                                    contended.release();
                                    return null;
                                });
                start.countDown();
                owner.get(50, TimeUnit.SECONDS);
                assertThat(looker.get(50, TimeUnit.SECONDS)).as("round %d", i).isTrue();
                assertThat(ended).as("round %d", i).hasValue(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
