package io.github.jdbcpglite.build.engine;

import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;

class BytecodeMemoryContractTest extends AbstractMemoryContractTest {
    BytecodeMemoryContractTest() {
        super(BytecodeEngine.INSTANCE);
    }
}
