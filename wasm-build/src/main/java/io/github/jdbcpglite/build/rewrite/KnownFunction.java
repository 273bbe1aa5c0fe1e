package io.github.jdbcpglite.build.rewrite;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.util.Collections;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A function of PGlite 0.5.16 that the rewrite touches or exports. All their parameters and results
 * are {@code i32}. The checksum is that of the original instructions: it says whether an index
 * still means the same function, which the digest of the whole file cannot.
 */
enum KnownFunction {
    WAIT_EVENT_SET_WAIT("WaitEventSetWait", 5573, 5, 1, 0xC6C39035L),
    KILL("kill", 13473, 2, 1, 0xDC511D6EL),
    PG_USLEEP("pg_usleep", 10903, 1, 0, 0x1A5E6188L),
    PROC_EXIT("proc_exit", 5442, 1, 0, 0x92C19377L),
    PROC_KILL("ProcKill", 5693, 2, 0, 0x96E91AF8L),
    AUXILIARY_PROC_KILL("AuxiliaryProcKill", 5695, 2, 0, 0x0B906F8CL),
    WRAPPER_HANDLER("wrapper_handler", 10910, 1, 0, 0xC36E1437L),
    PROCESS_INTERRUPTS("ProcessInterrupts", 5803, 0, 0, 0x87A09E4BL),
    BASE_INIT("BaseInit", 10117, 0, 0, 0x69E0AADBL),
    BACKEND_MAIN("BackendMain", 5783, 2, 0, 0xECD9B00AL),
    INIT_STANDALONE_PROCESS("InitStandaloneProcess", 10086, 1, 0, 0x77AB5414L),
    LOAD_HBA("load_hba", 3610, 0, 1, 0xFDCAC8E2L),
    RAISE("raise", 13524, 1, 1, 0x486C3199L),
    CHECK_STACK_DEPTH("check_stack_depth", 10296, 0, 0, 0xE48ED709L),
    STACK_IS_TOO_DEEP("stack_is_too_deep", 10297, 0, 1, 0xA600A5BDL),
    REQUEST_CHECKPOINT("RequestCheckpoint", 4564, 1, 0, 0x7AFB6F86L),
    CREATE_CHECKPOINT("CreateCheckPoint", 1401, 1, 1, 0x618AF6B6L),
    REPORT_CHECKPOINTER("pgstat_report_checkpointer", 6046, 0, 0, 0x2E49BADEL);

    private final String symbol;
    private final int index;
    private final FuncType type;
    private final long checksum;

    KnownFunction(String symbol, int index, int params, int results, long checksum) {
        this.symbol = symbol;
        this.index = index;
        this.type =
                new FuncType(
                        Collections.nCopies(params, ValType.I32),
                        Collections.nCopies(results, ValType.I32));
        this.checksum = checksum;
    }

    /** Returns the name in PostgreSQL's or the C library's source. */
    String symbol() {
        return symbol;
    }

    int index() {
        return index;
    }

    FuncType type() {
        return type;
    }

    /**
     * Returns the original body after checking that it is the expected one.
     *
     * @throws RewriteException if type or instructions differ
     */
    FunctionBody requireOriginal(WasmModule module) {
        if (index < module.importedFunctionCount() || index >= module.functionCount()) {
            throw new RewriteException(this + ": the module defines no such function");
        }
        FuncType actualType = module.functionType(index);
        if (!actualType.equals(type)) {
            throw new RewriteException(this + ": expected type " + type + ", found " + actualType);
        }
        FunctionBody body = module.body(index);
        CRC32 actual = new CRC32();
        actual.update(body.code());
        if (actual.getValue() != checksum) {
            throw new RewriteException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected instructions with CRC-32 %08X, found %08X (%d bytes)",
                            this,
                            checksum,
                            actual.getValue(),
                            body.code().length));
        }
        return body;
    }

    @Override
    public String toString() {
        return symbol + " (function " + index + ")";
    }
}
