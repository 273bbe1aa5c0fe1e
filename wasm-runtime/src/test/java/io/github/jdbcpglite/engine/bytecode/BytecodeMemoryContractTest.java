package io.github.jdbcpglite.engine.bytecode;

import io.github.jdbcpglite.engine.AbstractMemoryContractTest;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;

class BytecodeMemoryContractTest extends AbstractMemoryContractTest {
    BytecodeMemoryContractTest() {
        super(BytecodeEngine.INSTANCE);
    }

    @Override
    protected LinearMemory zeros(int pages, int maximumPages) {
        return new PagedLinearMemory(pages, maximumPages);
    }
}
