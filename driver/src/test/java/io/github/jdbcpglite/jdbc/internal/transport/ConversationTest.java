package io.github.jdbcpglite.jdbc.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};
    private static final byte[] IN_TRANSACTION = {'Z', 0, 0, 0, 5, 'T'};

    private final Conversation conversation = new Conversation();

    @Test
    void aStatementIsUseUntilItsAnswerHasEnded() {
        assertThat(conversation.isInUse()).as("before the first").isFalse();
        conversation.sent();
        assertThat(conversation.isInUse()).isTrue();
        receive(new byte[] {'C', 0, 0, 0, 5, 0});
        assertThat(conversation.isInUse()).as("in the middle of the answer").isTrue();
        receive(READY);
        assertThat(conversation.isInUse()).isFalse();
    }

    @Test
    void theEndOfAnAnswerMayComeInPieces() {
        conversation.sent();
        for (byte each : READY) {
            assertThat(conversation.isInUse()).isTrue();
            receive(new byte[] {each});
        }
        assertThat(conversation.isInUse()).isFalse();
    }

    @Test
    void aNotificationIsNoUse() {
        conversation.sent();
        receive(READY);
        receive(new byte[] {'A', 0, 0, 0, 4});
        assertThat(conversation.isInUse()).isFalse();
    }

    @Test
    void anOpenTransactionIsUseAtFirst() {
        conversation.sent();
        receive(IN_TRANSACTION);
        assertThat(conversation.isInUse()).isTrue();
        conversation.sent();
        receive(READY);
        assertThat(conversation.isInUse()).isFalse();
    }

    private void receive(byte[] bytes) {
        conversation.received(bytes, 0, bytes.length);
    }
}
