package io.github.jdbcpglite.postgres.internal.distribution;

import io.github.jdbcpglite.engine.bytecode.ExecutionContext;
import io.github.jdbcpglite.engine.bytecode.GeneratedMachine;
import io.github.jdbcpglite.engine.bytecode.ModuleLayout;

/** A machine whose functions all return 42; public, as generated ones are. */
public final class FortyTwoMachine extends GeneratedMachine {
    private static final ModuleLayout LAYOUT = ModuleLayout.of("", "", -1, 1, "");

    /** Creates the machine of an instance. */
    public FortyTwoMachine() {}

    private static final class NoGlobals extends ExecutionContext {
        NoGlobals(GeneratedMachine machine) {
            super(machine, LAYOUT);
        }

        @Override
        public long global(int index) {
            throw new IllegalArgumentException();
        }

        @Override
        public void global(int index, long value) {
            throw new IllegalArgumentException();
        }
    }

    @Override
    protected ExecutionContext newContext() {
        return new NoGlobals(this);
    }

    @Override
    protected long[] invoke(int function, long[] args, ExecutionContext state) {
        return new long[] {42};
    }
}
