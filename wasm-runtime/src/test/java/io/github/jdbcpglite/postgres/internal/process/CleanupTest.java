package io.github.jdbcpglite.postgres.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {
    private static Runnable failing(Error failure) {
        return () -> {
            throw failure;
        };
    }

    @Test
    void doesTheRestAfterTheWork() {
        List<String> done = new ArrayList<>();
        Cleanup.after(() -> done.add("work"), () -> done.add("rest"));
        assertThat(done).containsExactly("work", "rest");
    }

    /** HotSpot has one OutOfMemoryError for when it has no memory for another. */
    @Test
    void throwsTheFailureThatHappensTwice() {
        OutOfMemoryError only = new OutOfMemoryError("Java heap space");
        assertThatThrownBy(() -> Cleanup.after(failing(only), failing(only))).isSameAs(only);
        assertThatThrownBy(
                        () ->
                                Cleanup.after(
                                        () -> Cleanup.after(failing(only), failing(only)),
                                        failing(only)))
                .isSameAs(only);
    }

    @Test
    void keepsTheLaterFailure() {
        AssertionError first = new AssertionError("first");
        AssertionError later = new AssertionError("later");
        assertThatThrownBy(() -> Cleanup.after(failing(first), failing(later)))
                .isSameAs(first)
                .hasSuppressedException(later);
        assertThatThrownBy(() -> Cleanup.after(() -> {}, failing(later))).isSameAs(later);
    }
}
