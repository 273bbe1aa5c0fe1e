package io.github.jdbcpglite.build.rewrite;

import io.github.jdbcpglite.build.release.PgliteRelease;
import io.github.jdbcpglite.build.release.ReleaseFunction;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A function that the rewrite touches or exports. The release file says where it is; the checksum
 * there is that of the original instructions, so that an index that means another function is
 * noticed by name.
 */
enum KnownFunction {
    WAIT_EVENT_SET_WAIT("WaitEventSetWait"),
    KILL("kill"),
    PG_USLEEP("pg_usleep"),
    PROC_EXIT("proc_exit"),
    PROC_KILL("ProcKill"),
    AUXILIARY_PROC_KILL("AuxiliaryProcKill"),
    WRAPPER_HANDLER("wrapper_handler"),
    PROCESS_INTERRUPTS("ProcessInterrupts"),
    BASE_INIT("BaseInit"),
    BACKEND_MAIN("BackendMain"),
    INIT_STANDALONE_PROCESS("InitStandaloneProcess"),
    LOAD_HBA("load_hba"),
    RAISE("raise"),
    CHECK_STACK_DEPTH("check_stack_depth"),
    STACK_IS_TOO_DEEP("stack_is_too_deep"),
    REQUEST_CHECKPOINT("RequestCheckpoint"),
    CREATE_CHECKPOINT("CreateCheckPoint"),
    REPORT_CHECKPOINTER("pgstat_report_checkpointer");

    private final String symbol;
    private final ReleaseFunction expected;

    KnownFunction(String symbol) {
        this.symbol = symbol;
        this.expected = PgliteRelease.pinned().function(symbol);
    }

    /** Returns the name in PostgreSQL's or the C library's source. */
    String symbol() {
        return symbol;
    }

    int index() {
        return expected.index();
    }

    FuncType type() {
        return expected.type();
    }

    /**
     * Returns the original body after checking that it is the expected one.
     *
     * @throws RewriteException if type or instructions differ
     */
    FunctionBody requireOriginal(WasmModule module) {
        int index = index();
        if (index < module.importedFunctionCount() || index >= module.functionCount()) {
            throw new RewriteException(this + ": the module defines no such function");
        }
        FuncType actualType = module.functionType(index);
        if (!actualType.equals(type())) {
            throw new RewriteException(
                    this + ": expected type " + type() + ", found " + actualType);
        }
        FunctionBody body = module.body(index);
        CRC32 actual = new CRC32();
        actual.update(body.code());
        if (actual.getValue() != expected.crc32()) {
            throw new RewriteException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected instructions with CRC-32 %08X, found %08X (%d bytes)",
                            this,
                            expected.crc32(),
                            actual.getValue(),
                            body.code().length));
        }
        return body;
    }

    @Override
    public String toString() {
        return symbol + " (function " + index() + ")";
    }
}
