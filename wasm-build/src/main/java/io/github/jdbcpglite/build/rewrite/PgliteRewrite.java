package io.github.jdbcpglite.build.rewrite;

import io.github.jdbcpglite.build.release.PgliteRelease;
import io.github.jdbcpglite.build.wasm.Export;
import io.github.jdbcpglite.build.wasm.ExternalKind;
import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.FunctionBody;
import io.github.jdbcpglite.build.wasm.Instruction;
import io.github.jdbcpglite.build.wasm.InstructionDecoder;
import io.github.jdbcpglite.build.wasm.Opcodes;
import io.github.jdbcpglite.build.wasm.ValType;
import io.github.jdbcpglite.build.wasm.WasmModule;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Turns the released {@code pglite.wasm} into one whose blocking points, signals and exits reach
 * the host, and that exports what a postmaster's child needs. Every edit checks that it meets
 * exactly the code it was made for.
 */
public final class PgliteRewrite {
    /** SHA-256 of the only input accepted, the {@code pglite.wasm} of the pinned release. */
    public static final String INPUT_SHA256 = PgliteRelease.pinned().wasmSha256();

    /** {@code WaitEventSetWait(set, timeout, occurred, nevents, info)} arrives here unchanged. */
    public static final String WAIT_IMPORT = "__syscall_linkat";

    /** {@code kill(pid, sig)} arrives here as {@code (pid, sig, 0, 0, 0, 0)}. */
    public static final String KILL_IMPORT = "__syscall_listen";

    /** {@code pg_usleep(usec)} arrives here as {@code (usec, 0, 0, 0, 0, 0)}. */
    public static final String SLEEP_IMPORT = "__syscall_accept4";

    /** Called without arguments whenever PostgreSQL processes interrupts. */
    public static final String INTERRUPT_IMPORT = "_emscripten_runtime_keepalive_clear";

    /** Called with zeros before PostgreSQL looks at the depth of its stack. */
    public static final String STACK_IMPORT = "__syscall_bind";

    /** The pid that Emscripten's {@code getpid} answers, inlined by the compiler. */
    private static final int EMSCRIPTEN_PID = 42;

    /** {@code B_CHECKPOINTER} of PostgreSQL 18's {@code BackendType}. */
    private static final int B_CHECKPOINTER = 11;

    private static final String CHECKPOINTS_REQUESTED = "PendingCheckpointerStats.num_requested";
    private static final String CHECKPOINTS_PERFORMED = "PendingCheckpointerStats.num_performed";

    private static final int I32_NE = 0x47;
    private static final int I64_LOAD = 0x29;
    private static final int I64_STORE = 0x37;
    private static final int I64_ADD = 0x7C;

    /** The exponent of two that a memory access names as its alignment. */
    private static final int ALIGNED_TO_8 = 3;

    /** The type of a block without a result. */
    private static final int VOID = -64;

    private static final List<KnownFunction> EXPORTED =
            List.of(
                    KnownFunction.BACKEND_MAIN,
                    KnownFunction.INIT_STANDALONE_PROCESS,
                    KnownFunction.LOAD_HBA,
                    KnownFunction.RAISE,
                    KnownFunction.PROC_EXIT);

    private final WasmModule module;

    private PgliteRewrite(WasmModule module) {
        this.module = module;
    }

    /**
     * Rewrites the released file.
     *
     * @param pgliteWasm the bytes of {@code pglite.wasm}
     * @return the rewritten module
     * @throws RewriteException if the input is another file or a function is not as expected
     */
    public static byte[] rewrite(byte[] pgliteWasm) {
        String actual = sha256(pgliteWasm);
        if (!actual.equals(INPUT_SHA256)) {
            throw new RewriteException(
                    "pglite.wasm: expected SHA-256 "
                            + INPUT_SHA256
                            + ", found "
                            + actual
                            + "; function indexes must be found again for another release");
        }
        WasmModule module = WasmModule.parse(pgliteWasm);
        apply(module);
        return module.toBytes();
    }

    /**
     * Makes the edits without looking at the digest of the file.
     *
     * @throws RewriteException if a function is not as expected
     */
    static void apply(WasmModule module) {
        for (KnownFunction function : KnownFunction.values()) {
            function.requireOriginal(module);
        }
        PgliteRewrite rewrite = new PgliteRewrite(module);
        rewrite.forwardToHost(KnownFunction.WAIT_EVENT_SET_WAIT, WAIT_IMPORT);
        rewrite.forwardToHost(KnownFunction.KILL, KILL_IMPORT);
        rewrite.forwardToHost(KnownFunction.PG_USLEEP, SLEEP_IMPORT);
        // The pid of a backend is never 42: "pid == 42" must hold for each, "pid != 42" for none.
        rewrite.fixComparison(KnownFunction.PROC_EXIT, EMSCRIPTEN_PID, Opcodes.I32_EQ, 1);
        rewrite.fixComparison(KnownFunction.PROC_KILL, EMSCRIPTEN_PID, Opcodes.I32_EQ, 1);
        rewrite.fixComparison(KnownFunction.AUXILIARY_PROC_KILL, EMSCRIPTEN_PID, Opcodes.I32_EQ, 1);
        rewrite.fixComparison(KnownFunction.WRAPPER_HANDLER, EMSCRIPTEN_PID, I32_NE, 0);
        rewrite.prefixCall(KnownFunction.PROCESS_INTERRUPTS, INTERRUPT_IMPORT);
        rewrite.prefixCall(KnownFunction.CHECK_STACK_DEPTH, STACK_IMPORT);
        rewrite.prefixCall(KnownFunction.STACK_IS_TOO_DEEP, STACK_IMPORT);
        // InitSync: only a checkpointer keeps a list of pending file operations below a postmaster.
        // Here checkpoints run in the calling backend, so each one needs the list.
        rewrite.fixComparison(KnownFunction.BASE_INIT, B_CHECKPOINTER, I32_NE, 0);
        rewrite.countCheckpoints();
        for (KnownFunction function : EXPORTED) {
            rewrite.export(function);
        }
    }

    /** Replaces a body by a call of an import, padding the arguments with zeros. */
    private void forwardToHost(KnownFunction function, String importName) {
        int given = function.type().params().size();
        List<Instruction> code = callOfImport(function, importName, given);
        if (function.type().results().isEmpty()) {
            code.add(Instruction.of(Opcodes.DROP));
        }
        code.add(Instruction.of(Opcodes.END));
        setCode(function, List.of(), code);
    }

    /** Calls an import with a function's first arguments and zeros. */
    private List<Instruction> callOfImport(KnownFunction function, String importName, int given) {
        int target = requireImport(function, importName);
        FuncType targetType = module.functionType(target);
        if (targetType.params().size() < given || targetType.results().size() != 1) {
            throw new RewriteException(
                    function + ": import " + importName + " has the unsuitable type " + targetType);
        }
        List<Instruction> code = new ArrayList<>();
        for (int i = 0; i < targetType.params().size(); i++) {
            code.add(
                    i < given
                            ? Instruction.of(Opcodes.LOCAL_GET, i)
                            : Instruction.of(Opcodes.I32_CONST, 0));
        }
        code.add(Instruction.of(Opcodes.CALL, target));
        return code;
    }

    /** Makes the one comparison with a constant in a function give a fixed answer. */
    private void fixComparison(KnownFunction function, int constant, int op, int answer) {
        FunctionBody body = module.body(function.index());
        List<Instruction> code = InstructionDecoder.decode(body.code());
        int found = -1;
        int matches = 0;
        for (int i = 0; i + 1 < code.size(); i++) {
            if (code.get(i).equals(Instruction.of(Opcodes.I32_CONST, constant))
                    && code.get(i + 1).op() == op) {
                found = i;
                matches++;
            }
        }
        if (matches != 1) {
            throw new RewriteException(
                    function
                            + ": expected one comparison (opcode 0x"
                            + Integer.toHexString(op)
                            + ") with "
                            + constant
                            + ", found "
                            + matches);
        }
        code.set(found, Instruction.of(Opcodes.DROP));
        code.set(found + 1, Instruction.of(Opcodes.I32_CONST, answer));
        setCode(function, body.locals(), code);
    }

    /** Calls an import, with zeros, before the function does anything. */
    private void prefixCall(KnownFunction function, String importName) {
        int target = requireImport(function, importName);
        List<Instruction> code = new ArrayList<>();
        if (module.functionType(target).equals(new FuncType(List.of(), List.of()))) {
            code.add(Instruction.of(Opcodes.CALL, target));
        } else {
            code.addAll(callOfImport(function, importName, 0));
            code.add(Instruction.of(Opcodes.DROP));
        }
        FunctionBody body = module.body(function.index());
        code.addAll(InstructionDecoder.decode(body.code()));
        setCode(function, body.locals(), code);
    }

    /**
     * Counts and reports a checkpoint where it runs in the process that asks for it, as the
     * checkpointer does: a request before, what was done after, unless there was nothing to do.
     */
    private void countCheckpoints() {
        KnownFunction request = KnownFunction.REQUEST_CHECKPOINT;
        FunctionBody body = module.body(request.index());
        List<Instruction> original = InstructionDecoder.decode(body.code());
        int call =
                original.indexOf(
                        Instruction.of(Opcodes.CALL, KnownFunction.CREATE_CHECKPOINT.index()));
        if (call < 0 || !original.get(call + 1).equals(Instruction.of(Opcodes.DROP))) {
            throw new RewriteException(request + ": expected one call of CreateCheckPoint");
        }
        List<Instruction> code = new ArrayList<>(increment(CHECKPOINTS_REQUESTED));
        code.addAll(original.subList(0, call + 1));
        code.add(Instruction.of(Opcodes.IF, VOID));
        code.addAll(increment(CHECKPOINTS_PERFORMED));
        code.add(Instruction.of(Opcodes.END));
        code.addAll(original.subList(call + 2, original.size() - 1));
        code.add(Instruction.of(Opcodes.CALL, KnownFunction.REPORT_CHECKPOINTER.index()));
        code.add(Instruction.of(Opcodes.END));
        setCode(request, body.locals(), code);
    }

    /** Adds 1 to a 64-bit variable. */
    private static List<Instruction> increment(String variable) {
        int address = PgliteRelease.pinned().address(variable);
        return List.of(
                Instruction.of(Opcodes.I32_CONST, address),
                Instruction.of(Opcodes.I32_CONST, address),
                new Instruction(I64_LOAD, 0, ALIGNED_TO_8, List.of()),
                Instruction.of(Opcodes.I64_CONST, 1),
                Instruction.of(I64_ADD),
                new Instruction(I64_STORE, 0, ALIGNED_TO_8, List.of()));
    }

    private void export(KnownFunction function) {
        try {
            module.addExport(
                    new Export(function.symbol(), ExternalKind.FUNCTION, function.index()));
        } catch (IllegalArgumentException e) {
            throw new RewriteException(function + ": " + e.getMessage());
        }
    }

    private int requireImport(KnownFunction function, String importName) {
        int target = module.findImportedFunction(importName);
        if (target < 0) {
            throw new RewriteException(function + ": import " + importName + " is missing");
        }
        return target;
    }

    private void setCode(KnownFunction function, List<ValType> locals, List<Instruction> code) {
        module.setBody(function.index(), new FunctionBody(locals, InstructionDecoder.encode(code)));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
