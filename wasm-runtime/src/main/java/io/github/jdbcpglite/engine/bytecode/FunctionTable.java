package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function table that tells each module's context which entries are functions of that module, so
 * that {@code call_indirect} needs no look-up of owners.
 *
 * <p>It is no Chicory table, so that a process that loads no library needs none; {@link #view}
 * gives one. Its limits are its own. (Chicory's table grows the limits object of the parsed module,
 * which all instances share.)
 */
public final class FunctionTable {
    private final long max;
    private final List<ExecutionContext> contexts = new ArrayList<>();
    private int[] functions;
    private @Nullable FunctionOwner[] owners;
    private @Nullable TableView view;

    /**
     * Creates a table.
     *
     * @param functions its entries, kept and changed: functions of the first module that attaches
     *     to it
     */
    FunctionTable(TableLimits limits, int[] functions) {
        this.max = limits.max();
        this.functions = functions;
        this.owners = new FunctionOwner[functions.length];
    }

    /** Creates a table as Chicory asks for it; a {@code TableFactory}. */
    public static TableInstance create(Table table, int initialValue) {
        int[] entries = new int[(int) table.limits().min()];
        Arrays.fill(entries, initialValue);
        return new FunctionTable(table.limits(), entries).view(table.elementType());
    }

    /**
     * Returns what a Chicory table of an instance shows.
     *
     * @throws IllegalStateException if the instance was not built with {@link GeneratedModules}
     */
    public static FunctionTable of(TableInstance table) {
        if (table instanceof TableView shown) {
            return shown.functions();
        }
        throw new IllegalStateException(
                "generated code needs a FunctionTable: build the instance with GeneratedModules");
    }

    /** Returns the table as Chicory sees it, always the same object. */
    public TableInstance view() {
        return view(ValType.FuncRef);
    }

    private TableView view(ValType elementType) {
        TableView shown = view;
        if (shown == null) {
            shown = new TableView(this, elementType);
            view = shown;
        }
        return shown;
    }

    /** Returns the number of entries. */
    public int size() {
        return functions.length;
    }

    /** Returns the most entries it can have, as an unsigned number of 32 bits. */
    long max() {
        return max;
    }

    /** Returns the index of an entry's function in its module, or {@code REF_NULL_VALUE}. */
    public int function(int index) {
        return functions[index];
    }

    /**
     * Returns the function of an entry that the guest calls, which may be any number.
     *
     * @throws io.github.jdbcpglite.engine.Trap if there is no such entry or it is empty
     */
    public int calledFunction(int index) {
        if (index < 0 || index >= functions.length) {
            throw Traps.undefinedElement(index);
        }
        int function = functions[index];
        if (function == Value.REF_NULL_VALUE) {
            throw Traps.uninitializedElement(index);
        }
        return function;
    }

    /** Returns who runs an entry's function; {@code null} if nobody has attached yet. */
    public @Nullable FunctionOwner owner(int index) {
        FunctionOwner owner = owners[index];
        return owner != null || contexts.isEmpty() ? owner : contexts.get(0).machine;
    }

    /** Keeps a context's codes current from now on. */
    void attach(ExecutionContext context) {
        contexts.add(context);
        int[] codes = new int[functions.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(context, functions[i], owners[i]);
        }
        context.tableCodes = codes;
    }

    private int code(ExecutionContext context, int function, @Nullable FunctionOwner owner) {
        boolean own = owner == null ? context == contexts.get(0) : owner == context.machine;
        return own && function != Value.REF_NULL_VALUE ? context.layout.tableCode(function) : -1;
    }

    /**
     * Appends entries.
     *
     * @param owner as in {@link #set}
     * @return the index of the first one, or -1 if the table cannot grow by so many
     */
    public int grow(int count, int function, @Nullable FunctionOwner owner) {
        int before = functions.length;
        if (count < 0 || count > max - before) {
            return -1;
        }
        functions = Arrays.copyOf(functions, before + count);
        owners = Arrays.copyOf(owners, before + count);
        Arrays.fill(functions, before, before + count, function);
        Arrays.fill(owners, before, before + count, owner);
        for (ExecutionContext context : contexts) {
            context.tableCodes = Arrays.copyOf(context.tableCodes, before + count);
            Arrays.fill(context.tableCodes, before, before + count, code(context, function, owner));
        }
        return before;
    }

    /**
     * Sets an entry.
     *
     * @param owner who runs the function; {@code null} for the first that attached
     */
    public void set(int index, int function, @Nullable FunctionOwner owner) {
        functions[index] = function;
        owners[index] = owner;
        for (ExecutionContext context : contexts) {
            context.tableCodes[index] = code(context, function, owner);
        }
    }

    /** Empties all entries. */
    void reset() {
        for (int i = 0; i < functions.length; i++) {
            set(i, Value.REF_NULL_VALUE, null);
        }
    }
}
