package io.github.jdbcpglite.build.codegen;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Store;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.engine.Trap;
import io.github.jdbcpglite.engine.bytecode.memory.ChicoryMemory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs one script of the specification's testsuite in the form that spec/README.md describes. */
final class SpecScript {
    private static final String HOST = "spectest";
    private static final String LAST = "-";

    private final String name;
    private final Store store = new Store();
    private final Map<String, Instance> modules = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private int assertions;

    /**
     * A line of a script.
     *
     * @param number the line of the original script
     * @param command what to do
     * @param module the name of the module it is about, or {@code -} for the last one
     * @param subject a module in Base64, a name to register under, or an exported name
     * @param arguments of the call, each as type and bits
     * @param expected the results in the same form, or the trap's text
     */
    private record Line(
            String number,
            String command,
            String module,
            String subject,
            List<String> arguments,
            String expected) {

        static Line parse(String text) {
            String[] fields = text.split("\t", -1);
            boolean call = fields.length > 4;
            return new Line(
                    fields[0],
                    fields[1],
                    fields[2],
                    fields[3],
                    call ? words(fields[4]) : List.of(),
                    call ? fields[5] : "");
        }

        static List<String> words(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
        }

        boolean hasBinary() {
            return command.equals("module") || command.equals("uninstantiable");
        }

        byte[] binary() {
            return Base64.getDecoder().decode(subject);
        }
    }

    SpecScript(String name) {
        this.name = name;
        for (String types : List.of("", "i32", "i64", "f32", "f64", "i32_f32", "f64_f64")) {
            store.addFunction(
                    new HostFunction(
                            HOST,
                            types.isEmpty() ? "print" : "print_" + types,
                            FunctionType.of(parameters(types), List.of()),
                            (instance, args) -> new long[0]));
        }
        float real = 666.6f;
        store.addGlobal(
                global("i32", Value.i32(666)),
                global("i64", Value.i64(666)),
                global("f32", Value.f32(Float.floatToRawIntBits(real))),
                global("f64", Value.f64(Double.doubleToRawLongBits(666.6))));
        store.addMemory(
                new ImportMemory(HOST, "memory", ChicoryMemory.create(new MemoryLimits(1, 2))));
        Table table = new Table(ValType.FuncRef, new TableLimits(10, 20));
        store.addTable(
                new ImportTable(HOST, "table", new TableInstance(table, Value.REF_NULL_VALUE)));
    }

    private static List<ValType> parameters(String types) {
        return Stream.of(types.split("_", -1))
                .filter(type -> !type.isEmpty())
                .map(
                        type ->
                                switch (type) {
                                    case "i32" -> ValType.I32;
                                    case "i64" -> ValType.I64;
                                    case "f32" -> ValType.F32;
                                    default -> ValType.F64;
                                })
                .toList();
    }

    private static ImportGlobal global(String type, Value value) {
        return new ImportGlobal(HOST, "global_" + type, new GlobalInstance(value));
    }

    /** Returns the binaries of a script's modules. */
    static List<byte[]> modules(List<String> lines) {
        return lines.stream().map(Line::parse).filter(Line::hasBinary).map(Line::binary).toList();
    }

    /** Returns how many assertions were made. */
    int assertions() {
        return assertions;
    }

    /** Runs the lines and returns what did not hold. */
    List<String> run(List<String> lines) {
        for (String text : lines) {
            Line line = Line.parse(text);
            try {
                execute(line);
            } catch (RuntimeException e) { // any of them fails this line, and no other
                fail(line, e.toString());
            }
        }
        return failures;
    }

    private void fail(Line line, String what) {
        String call = line.hasBinary() ? "" : line.subject() + line.arguments();
        failures.add(name + ":" + line.number() + " " + line.command() + " " + call + ": " + what);
    }

    private void execute(Line line) {
        switch (line.command()) {
            case "module" -> {
                modules.remove(LAST);
                Instance instance = instantiate(line);
                modules.put(LAST, instance);
                modules.put(line.module(), instance);
            }
            case "register" -> store.register(line.subject(), module(line));
            case "call" -> call(line);
            case "return" -> compare(line, call(line));
            case "get" -> {
                long value = module(line).exports().global(line.subject()).getValue();
                compare(line, new long[] {value});
            }
            case "uninstantiable" -> expectTrap(line, () -> instantiate(line));
            case "trap", "exhaustion" -> expectTrap(line, () -> call(line));
            default -> throw new IllegalArgumentException(line.command());
        }
    }

    private Instance module(Line line) {
        return Objects.requireNonNull(modules.get(line.module()), "the module was refused");
    }

    private Instance instantiate(Line line) {
        return Guests.generated(Parser.parse(line.binary()), store.toImportValues());
    }

    private long[] call(Line line) {
        long[] args = line.arguments().stream().mapToLong(SpecScript::bits).toArray();
        long[] results = module(line).export(line.subject()).apply(args);
        return results == null ? new long[0] : results;
    }

    private static long bits(String value) {
        String number = value.substring(value.indexOf(':') + 1);
        return number.equals("null") ? Value.REF_NULL_VALUE : Long.parseUnsignedLong(number);
    }

    private void expectTrap(Line line, Runnable action) {
        assertions++;
        try {
            action.run();
        } catch (ChicoryException | Trap e) {
            if (!String.valueOf(e.getMessage()).contains(line.expected())) {
                fail(line, e.getMessage() + " in place of " + line.expected());
            }
            return;
        }
        fail(line, "did not trap: " + line.expected());
    }

    private void compare(Line line, long[] results) {
        assertions++;
        List<String> expected = Line.words(line.expected());
        if (results.length != expected.size()) {
            fail(line, results.length + " results");
            return;
        }
        for (int i = 0; i < results.length; i++) {
            if (!matches(expected.get(i), results[i])) {
                fail(line, Long.toHexString(results[i]) + " in place of " + expected.get(i));
            }
        }
    }

    /**
     * A canonical NaN has either sign and only the highest bit of its payload, which others too.
     */
    private static boolean matches(String expected, long result) {
        boolean wide = expected.startsWith("f64") || expected.startsWith("i64");
        long mask = wide ? -1 : 0xFFFFFFFFL;
        long nan = wide ? 0x7FF8000000000000L : 0x7FC00000L;
        return switch (expected.substring(expected.indexOf(':') + 1)) {
            case "nan:canonical" -> (result & mask >>> 1) == nan;
            case "nan:arithmetic" -> (result & nan) == nan;
            default -> (result & mask) == (bits(expected) & mask);
        };
    }
}
