package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.engine.GuestTable;
import io.github.jdbcpglite.engine.LinkedModule;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A guest's function table, whose entries' owners are shown as the guest's modules. */
final class BytecodeTable implements GuestTable {
    private final FunctionTable functions;

    /** Owns the entries that have no owner of their own. */
    private final FunctionOwner main;

    private final Map<FunctionOwner, BytecodeModule> modules = new HashMap<>();

    BytecodeTable(FunctionTable functions, FunctionOwner main) {
        this.functions = functions;
        this.main = main;
    }

    FunctionTable functions() {
        return functions;
    }

    /** Shows the functions of a module as its. */
    void add(BytecodeModule module) {
        modules.put(module.functions(), module);
    }

    long call(int index, long[] args) {
        int function = functions.calledFunction(index);
        long[] results = owner(index).call(function, args);
        return results == null || results.length == 0 ? 0 : results[0];
    }

    private FunctionOwner owner(int index) {
        FunctionOwner owner = functions.owner(index);
        return owner == null ? main : owner;
    }

    @Override
    public int size() {
        return functions.size();
    }

    @Override
    public int grow(int count) {
        return functions.grow(count, Value.REF_NULL_VALUE, null);
    }

    @Override
    public boolean isEmpty(int index) {
        return functions.function(index) == Value.REF_NULL_VALUE;
    }

    @Override
    public @Nullable LinkedModule module(int index) {
        return isEmpty(index) ? null : modules.get(owner(index));
    }

    @Override
    public int function(int index) {
        return functions.function(index);
    }

    @Override
    public void set(int index, LinkedModule module, int function) {
        FunctionOwner owner = ((BytecodeModule) module).functions();
        modules.putIfAbsent(owner, (BytecodeModule) module);
        functions.set(index, function, owner.equals(main) ? null : owner);
    }
}
