package io.github.jdbcpglite.wasm.emscripten.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeapRoomTest {
    @Test
    void whatIsLargerThanTheHeapDoesNotFit() {
        assertThat(HeapRoom.has(Runtime.getRuntime().maxMemory())).isFalse();
        assertThat(HeapRoom.has(1 << 16)).isTrue();
    }
}
