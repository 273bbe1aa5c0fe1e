package io.github.jdbcpglite.postgres.internal.postmaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ClusterStateTest {
    private final ClusterState state = new ClusterState("one");

    private RefusedException.Reason refusal() {
        try {
            state.requireOpen();
        } catch (RefusedException e) {
            return e.reason();
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void aClusterIsOpenAtFirst() {
        assertThat(state.isOpen()).isTrue();
        assertThatCode(state::requireOpen).doesNotThrowAnyException();
    }

    @Test
    void aClosedClusterRefuses() {
        state.close();
        assertThat(state.isOpen()).isFalse();
        assertThat(refusal()).isEqualTo(RefusedException.Reason.CLOSED);
        assertThatThrownBy(state::requireOpen).hasMessage("the cluster one is closed");
    }

    @Test
    void aCrashWhileItClosesIsSeen() {
        state.close();
        state.crash();
        assertThat(state.hasCrashed()).isTrue();
        assertThat(refusal()).isEqualTo(RefusedException.Reason.CRASHED);
    }

    @Test
    void closingDoesNotHideACrash() {
        state.crash();
        state.close();
        assertThat(state.hasCrashed()).isTrue();
        assertThat(refusal()).isEqualTo(RefusedException.Reason.CRASHED);
    }
}
