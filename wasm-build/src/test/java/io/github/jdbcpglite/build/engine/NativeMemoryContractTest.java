package io.github.jdbcpglite.build.engine;

import org.junit.jupiter.api.condition.EnabledIf;

/** It needs clang: {@code mvn verify -Pnative}. */
@EnabledIf("io.github.jdbcpglite.build.engine.NativeCode#canBeMade")
class NativeMemoryContractTest extends AbstractMemoryContractTest {
    NativeMemoryContractTest() throws Exception {
        super(NativeCode.engine());
    }
}
