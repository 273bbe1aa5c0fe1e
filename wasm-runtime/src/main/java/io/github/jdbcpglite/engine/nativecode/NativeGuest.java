package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.Linkage;
import io.github.jdbcpglite.engine.LinkedModule;
import io.github.jdbcpglite.engine.Signature;
import io.github.jdbcpglite.engine.StackProbe;
import io.github.jdbcpglite.engine.Trap;
import io.github.jdbcpglite.engine.description.ModuleDescription;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A guest of machine code: what Java knows of one reservation. */
final class NativeGuest implements Guest {
    /** Set in the number of an import that is a function of the host in the table. */
    private static final int CALLBACK = 0x80000000;

    private final NativeEngine engine;
    private final NativeMemory memory;
    private final Header header;
    private final NativeModule[] modules;
    private final NativeModule main;
    private final NativeTable table;
    private final NativeStackProbe stackProbe;
    private final Map<Signature, Integer> callbackCounts = new HashMap<>();
    private final Map<Integer, HostFunction> callbacks = new HashMap<>();

    /** The host's functions by their index in the table. */
    private final Map<Integer, HostFunction> entries = new HashMap<>();

    NativeGuest(
            NativeEngine engine,
            NativeMain module,
            NativeMemory memory,
            Map<String, HostFunction> hostFunctions) {
        this.engine = engine;
        this.memory = memory;
        header = memory.header();
        modules = new NativeModule[header.modulesMax()];
        ModuleDescription description = module.description();
        List<ModuleDescription.ImportedFunction> imports = description.imports();
        HostFunction[] functions = new HostFunction[imports.size()];
        for (int i = 0; i < functions.length; i++) {
            functions[i] = engine.resolve(imports.get(i).name(), hostFunctions);
        }
        int slot = module.code().slot();
        if (Native.newInstance(memory.at(), module.code().address(), slot) == 0) {
            throw new IllegalStateException("no room for an instance of the main module");
        }
        main =
                new NativeModule(
                        this,
                        slot,
                        description.functionTypes().length,
                        description.exports(),
                        functions,
                        0,
                        Map.of(),
                        Map.of());
        modules[slot] = main;
        table = new NativeTable(memory, main, description.table(), description.tableMaximum());
        setGlobals(description);
        Native.setThrew(memory.at(), slot, main.checked(main.function("setThrew")));
        stackProbe = new NativeStackProbe(memory);
    }

    private void setGlobals(ModuleDescription description) {
        long[] globals = description.globals();
        int count = Math.min(globals.length, header.globalsMax());
        for (int i = 0; i < count; i++) {
            memory.head().putLong(header.globals() + i * Long.BYTES, globals[i]);
        }
        stackPointer((int) globals[description.exports().stackPointer()]);
    }

    NativeEngine engine() {
        return engine;
    }

    @Override
    public NativeMemory memory() {
        return memory;
    }

    @Override
    public LinkedModule main() {
        return main;
    }

    @Override
    public NativeTable table() {
        return table;
    }

    @Override
    public long call(String name, long... args) {
        int function = main.function(name);
        if (function < 0) {
            throw new IllegalStateException("the module does not export the function " + name);
        }
        return call(main.slot(), function, args);
    }

    long call(int slot, int function, long[] args) {
        pass(args);
        return Native.call(memory.at(), this, slot, function);
    }

    private void pass(long[] args) {
        if (args.length > header.valuesMax()) {
            throw new IllegalArgumentException("no function has " + args.length + " parameters");
        }
        ByteBuffer head = memory.head();
        for (int i = 0; i < args.length; i++) {
            head.putLong(header.values() + i * Long.BYTES, args[i]);
        }
    }

    @Override
    public long callIndirect(int index, long... args) {
        if (index < 0 || index >= table.size()) {
            throw new Trap("undefined element " + Integer.toUnsignedString(index));
        }
        if (table.isEmpty(index)) {
            throw new Trap("uninitialized element " + Integer.toUnsignedString(index));
        }
        if (table.module(index) instanceof NativeModule owner) {
            return call(owner.slot(), table.function(index), args);
        }
        HostFunction function = entries.get(index);
        if (function == null) {
            throw new IllegalStateException("no host function is the entry " + index);
        }
        return function.call(this, args);
    }

    /** Calls a host function for translated code, whose values lie in the header. */
    long callHost(int slot, int imported, int count) {
        if (slot < 0) {
            return memory.grow((int) memory.head().getLong(header.values()));
        }
        ByteBuffer head = memory.head();
        long[] args = new long[count];
        for (int i = 0; i < count; i++) {
            args[i] = head.getLong(header.values() + i * Long.BYTES);
        }
        HostFunction function =
                (imported & CALLBACK) == 0 ? modules[slot].imported(imported) : callback(imported);
        return function.call(this, args);
    }

    private HostFunction callback(int number) {
        HostFunction function = callbacks.get(number & ~CALLBACK);
        if (function == null) {
            throw new Trap("no host function has the number " + number);
        }
        return function;
    }

    @Override
    public int stackPointer() {
        return memory.head().getInt(header.stackPointer());
    }

    @Override
    public void stackPointer(int value) {
        memory.head().putInt(header.stackPointer(), value);
    }

    @Override
    public StackProbe stackProbe() {
        return stackProbe;
    }

    @Override
    public int addFunction(Signature signature, HostFunction function) {
        int index = table.grow(1);
        if (index < 0) {
            throw new IllegalStateException("the function table cannot grow");
        }
        int nth = callbackCounts.merge(signature, 1, Integer::sum) - 1;
        int number =
                Native.setCallback(
                        memory.at(), index, main.slot(), SignatureNumbers.of(signature), nth);
        if (number < 0) {
            throw new IllegalStateException(
                    "the module has no code for another host function of type " + signature);
        }
        callbacks.put(number, function);
        entries.put(index, function);
        table.setOfHost(index);
        return index;
    }

    @Override
    public LinkedModule link(LibraryModule library, Linkage linkage) {
        NativeLibrary code = (NativeLibrary) library;
        NativeModule linked = new NativeLinker(this, code, linkage).link();
        modules[code.code().slot()] = linked;
        return linked;
    }
}
