package io.github.jdbcpglite.wasm.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.OpcodeImpl;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.PassiveElement;
import org.jspecify.annotations.Nullable;

/** The table instructions and the slow path of {@code call_indirect}. */
public final class TableOps {
    private TableOps() {}

    /**
     * Returns the ordinal by which generated code finds the entry's function among those of a type.
     * Whatever is not a function of this module and this type gives a number that is no ordinal.
     */
    public static int ordinal(int index, int type, ExecutionContext context) {
        int[] codes = context.tableCodes;
        return index >= 0 && index < codes.length ? codes[index] ^ type << 16 : -1;
    }

    /** Calls an entry that generated code does not know: of another module, or a wrong one. */
    public static long @Nullable [] callIndirect(
            long[] args, int index, int type, int table, ExecutionContext context) {
        TableInstance entries = context.instance.table(table);
        if (index < 0 || index >= entries.size()) {
            throw new WasmRuntimeException("undefined element " + Integer.toUnsignedString(index));
        }
        int function = entries.requiredRef(index);
        Instance owner = entries.instance(index);
        if (owner == null) {
            owner = context.instance;
        }
        FunctionType wanted = context.instance.type(type);
        FunctionType found = typeOf(owner, function);
        if (!found.equals(wanted)) {
            throw new WasmRuntimeException(
                    "indirect call type mismatch: entry "
                            + index
                            + " is "
                            + found
                            + ", not "
                            + wanted);
        }
        return owner.getMachine().call(function, args);
    }

    private static FunctionType typeOf(Instance owner, int function) {
        return owner.getMachine() instanceof GeneratedMachine machine
                ? machine.functionType(function)
                : owner.type(owner.functionType(function));
    }

    /** table.get */
    public static int get(int index, int table, ExecutionContext context) {
        TableInstance entries = context.instance.table(table);
        if (index < 0 || index >= entries.size()) {
            throw Traps.tableBounds();
        }
        return entries.ref(index);
    }

    /** table.set */
    public static void set(int index, int value, int table, ExecutionContext context) {
        TableInstance entries = context.instance.table(table);
        if (index < 0 || index >= entries.size()) {
            throw Traps.tableBounds();
        }
        entries.setRef(index, value, context.instance);
    }

    /** table.size */
    public static int size(int table, ExecutionContext context) {
        return context.instance.table(table).size();
    }

    /** table.grow */
    public static int grow(int value, int size, int table, ExecutionContext context) {
        return context.instance.table(table).grow(size, value, context.instance);
    }

    /** table.fill */
    public static void fill(int offset, int value, int size, int table, ExecutionContext context) {
        TableInstance entries = context.instance.table(table);
        checkRange(offset, size, entries.size());
        for (int i = offset; i < offset + size; i++) {
            entries.setRef(i, value, context.instance);
        }
    }

    /** table.copy; unlike Chicory's own it copies each entry's owner from the source */
    public static void copy(
            int to, int from, int size, int target, int source, ExecutionContext context) {
        TableInstance targets = context.instance.table(target);
        TableInstance sources = context.instance.table(source);
        checkRange(from, size, sources.size());
        checkRange(to, size, targets.size());
        boolean forward = Integer.compareUnsigned(to, from) <= 0;
        for (int i = 0; i < size; i++) {
            int at = forward ? i : size - 1 - i;
            targets.setRef(to + at, sources.ref(from + at), sources.instance(from + at));
        }
    }

    /** table.init */
    public static void init(
            int to, int from, int size, int table, int element, ExecutionContext context) {
        int available =
                context.instance.element(element) instanceof PassiveElement passive
                        ? passive.elementCount()
                        : 0;
        checkRange(from, size, available);
        checkRange(to, size, context.instance.table(table).size());
        if (size != 0) {
            OpcodeImpl.TABLE_INIT(context.instance, table, element, size, from, to);
        }
    }

    /** elem.drop */
    @SuppressWarnings("NullAway") // Chicory marks a dropped segment by null.
    public static void dropElement(int element, ExecutionContext context) {
        context.instance.setElement(element, null);
    }

    private static void checkRange(int offset, int size, int limit) {
        if (Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(size) > limit) {
            throw Traps.tableBounds();
        }
    }
}
