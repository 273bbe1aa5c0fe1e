package io.github.jdbcpglite.postgres.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChildSlotsTest {
    @Test
    void handsOutTheLowestFreeSlotUpToTheLimit() {
        ChildSlots slots = new ChildSlots(3);
        assertThat(slots.take()).isEqualTo(1);
        assertThat(slots.take()).isEqualTo(2);
        assertThat(slots.take()).isEqualTo(3);
        assertThat(slots.take()).isZero();
        slots.giveBack(2);
        slots.giveBack(0);
        assertThat(slots.take()).isEqualTo(2);
        assertThat(slots.take()).isZero();
    }
}
