package io.github.jdbcpglite.build.nativecode;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.OpCode;
import io.github.jdbcpglite.build.spec.SpecEngine;
import io.github.jdbcpglite.build.spec.SpecTrap;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Runs the specification's modules as native code, in a program of its own. */
final class NativeSpecEngine implements SpecEngine {
    private static final int PAGE = 65_536;
    private static final int IMPORTED_PAGES_MAX = 2;

    private final SpecProgram program;
    private int instantiated;

    /** Takes a program with the modules of a script, in the script's order. */
    NativeSpecEngine(SpecProgram program) {
        this.program = program;
    }

    @Override
    public Guest instantiate(byte[] wasm) {
        NativeGuest guest = new NativeGuest(Parser.parse(wasm), instantiated++);
        guest.instantiate();
        return guest;
    }

    @Override
    public void register(String name, Guest guest) {
        throw new UnsupportedOperationException("guests of this program share nothing");
    }

    /** A guest that the program knows by the number of its module. */
    private final class NativeGuest implements Guest {
        private final WasmModule module;
        private final int number;
        private final List<Long> globals = new ArrayList<>();
        private int pages;
        private int tableSize;

        NativeGuest(WasmModule module, int number) {
            this.module = module;
            this.number = number;
        }

        void instantiate() {
            int pagesMax = memory();
            for (int i = 0; i < module.tableSection().tableCount(); i++) {
                tableSize = (int) module.tableSection().getTable(0).limits().min();
            }
            program.send("new", number, pages, pagesMax, tableSize);
            initializeGlobals();
            for (Element element : module.elementSection().elements()) {
                if (element instanceof ActiveElement active) {
                    initializeTable(active);
                }
            }
            for (var segment : module.dataSection().dataSegments()) {
                if (segment instanceof ActiveDataSegment active) {
                    initializeMemory(active);
                }
            }
            module.startSection()
                    .ifPresent(start -> program.call(number, (int) start.startIndex()));
        }

        /** Finds the size of memory and returns the greatest. */
        private int memory() {
            if (module.memorySection().isPresent()
                    && module.memorySection().get().memoryCount() > 0) {
                MemoryLimits limits = module.memorySection().get().getMemory(0).limits();
                pages = limits.initialPages();
                return limits.maximumPages();
            }
            boolean imported =
                    module.importSection().stream()
                            .anyMatch(each -> each.importType() == ExternalType.MEMORY);
            pages = imported ? 1 : 0;
            return imported ? IMPORTED_PAGES_MAX : 0;
        }

        private void initializeGlobals() {
            for (int i = 0; i < module.importSection().importCount(); i++) {
                Import each = module.importSection().getImport(i);
                if (each instanceof GlobalImport) {
                    globals.add(666L);
                }
            }
            for (int i = 0; i < module.globalSection().globalCount(); i++) {
                globals.add(value(module.globalSection().getGlobal(i).initInstructions()));
            }
            for (int i = 0; i < globals.size(); i++) {
                program.send("global", number, i, globals.get(i));
            }
        }

        private long value(List<Instruction> expression) {
            Instruction first = expression.get(0);
            return first.opcode() == OpCode.GLOBAL_GET
                    ? globals.get((int) first.operand(0))
                    : first.operand(0);
        }

        private void initializeTable(ActiveElement element) {
            long offset = value(element.offset()) & 0xFFFFFFFFL;
            if (offset + element.elementCount() > tableSize) {
                throw new SpecTrap("out of bounds table access");
            }
            for (int i = 0; i < element.elementCount(); i++) {
                Instruction function = element.initializers().get(i).get(0);
                if (function.opcode() == OpCode.REF_FUNC) {
                    program.send("element", number, offset + i, function.operand(0));
                }
            }
        }

        private void initializeMemory(ActiveDataSegment segment) {
            long offset = value(segment.offsetInstructions()) & 0xFFFFFFFFL;
            byte[] data = segment.data();
            if (offset + data.length > (long) pages * PAGE) {
                throw new SpecTrap("out of bounds memory access");
            }
            program.send("data", number, offset, HexFormat.of().formatHex(data));
        }

        @Override
        public long[] call(String function, long... arguments) {
            int index = export(function);
            long[] values = program.call(number, index, arguments);
            int results = resultCount(index);
            long[] result = new long[results];
            // One result is returned; several lie in the context behind it.
            System.arraycopy(values, results > 1 ? 1 : 0, result, 0, results);
            return result;
        }

        private int resultCount(int function) {
            return io.github.jdbcpglite.build.wasm.WasmModule.parse(program.module(number))
                    .functionType(function)
                    .results()
                    .size();
        }

        @Override
        public long get(String global) {
            int index = export(global);
            int defined = index - (globals.size() - module.globalSection().globalCount());
            boolean constant =
                    defined >= 0
                            && module.globalSection().getGlobal(defined).mutabilityType()
                                    == com.dylibso.chicory.wasm.types.MutabilityType.Const;
            return constant ? globals.get(index) : program.read(number, index);
        }

        private int export(String name) {
            for (int i = 0; i < module.exportSection().exportCount(); i++) {
                if (module.exportSection().getExport(i).name().equals(name)) {
                    return module.exportSection().getExport(i).index();
                }
            }
            throw new IllegalArgumentException("no export " + name);
        }
    }
}
