package io.github.jdbcpglite.build.spec;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs one script of the specification's testsuite in the form that spec/README.md describes. */
public final class SpecScript {
    private static final String LAST = "-";

    /** The null reference, as Chicory has it. */
    private static final long NULL = -1;

    private final String name;
    private final SpecEngine engine;
    private final Map<String, SpecEngine.Guest> modules = new HashMap<>();
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

    /**
     * Prepares a script.
     *
     * @param name its name, for messages
     * @param engine what runs its modules
     */
    public SpecScript(String name, SpecEngine engine) {
        this.name = name;
        this.engine = engine;
    }

    /** Returns the binaries of a script's modules. */
    public static List<byte[]> modules(List<String> lines) {
        return lines.stream().map(Line::parse).filter(Line::hasBinary).map(Line::binary).toList();
    }

    /** Returns how many assertions were made. */
    public int assertions() {
        return assertions;
    }

    /** Runs the lines and returns what did not hold. */
    public List<String> run(List<String> lines) {
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
                SpecEngine.Guest instance = engine.instantiate(line.binary());
                modules.put(LAST, instance);
                modules.put(line.module(), instance);
            }
            case "register" -> engine.register(line.subject(), module(line));
            case "call" -> call(line);
            case "return" -> compare(line, call(line));
            case "get" -> {
                long value = module(line).get(line.subject());
                compare(line, new long[] {value});
            }
            case "uninstantiable" -> expectTrap(line, () -> engine.instantiate(line.binary()));
            case "trap", "exhaustion" -> expectTrap(line, () -> call(line));
            default -> throw new IllegalArgumentException(line.command());
        }
    }

    private SpecEngine.Guest module(Line line) {
        return Objects.requireNonNull(modules.get(line.module()), "the module was refused");
    }

    private long[] call(Line line) {
        long[] args = line.arguments().stream().mapToLong(SpecScript::bits).toArray();
        return module(line).call(line.subject(), args);
    }

    private static long bits(String value) {
        String number = value.substring(value.indexOf(':') + 1);
        return number.equals("null") ? NULL : Long.parseUnsignedLong(number);
    }

    private void expectTrap(Line line, Runnable action) {
        assertions++;
        try {
            action.run();
        } catch (SpecTrap e) {
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
