package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.OpcodeImpl;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.PassiveElement;
import io.github.jdbcpglite.engine.Trap;
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
        FunctionTable entries = context.machine.table(table);
        int function = entries.calledFunction(index);
        FunctionOwner owner = entries.owner(index);
        if (owner == null) {
            owner = context.machine;
        }
        FunctionType wanted = context.machine.type(type);
        FunctionType found = owner.functionType(function);
        if (!found.equals(wanted)) {
            throw new Trap(
                    "indirect call type mismatch: entry "
                            + index
                            + " is "
                            + found
                            + ", not "
                            + wanted);
        }
        return owner.call(function, args);
    }

    /** table.get */
    public static int get(int index, int table, ExecutionContext context) {
        FunctionTable entries = context.machine.table(table);
        if (index < 0 || index >= entries.size()) {
            throw Traps.tableBounds();
        }
        return entries.function(index);
    }

    /** table.set */
    public static void set(int index, int value, int table, ExecutionContext context) {
        FunctionTable entries = context.machine.table(table);
        if (index < 0 || index >= entries.size()) {
            throw Traps.tableBounds();
        }
        entries.set(index, value, context.machine);
    }

    /** table.size */
    public static int size(int table, ExecutionContext context) {
        return context.machine.table(table).size();
    }

    /** table.grow */
    public static int grow(int value, int size, int table, ExecutionContext context) {
        return context.machine.table(table).grow(size, value, context.machine);
    }

    /** table.fill */
    public static void fill(int offset, int value, int size, int table, ExecutionContext context) {
        FunctionTable entries = context.machine.table(table);
        checkRange(offset, size, entries.size());
        for (int i = offset; i < offset + size; i++) {
            entries.set(i, value, context.machine);
        }
    }

    /** table.copy; unlike Chicory's own it copies each entry's owner from the source */
    public static void copy(
            int to, int from, int size, int target, int source, ExecutionContext context) {
        FunctionTable targets = context.machine.table(target);
        FunctionTable sources = context.machine.table(source);
        checkRange(from, size, sources.size());
        checkRange(to, size, targets.size());
        boolean forward = Integer.compareUnsigned(to, from) <= 0;
        for (int i = 0; i < size; i++) {
            int at = forward ? i : size - 1 - i;
            targets.set(to + at, sources.function(from + at), sources.owner(from + at));
        }
    }

    /** table.init */
    public static void init(
            int to, int from, int size, int table, int element, ExecutionContext context) {
        Instance instance = context.machine.instance();
        int available =
                instance.element(element) instanceof PassiveElement passive
                        ? passive.elementCount()
                        : 0;
        checkRange(from, size, available);
        checkRange(to, size, context.machine.table(table).size());
        if (size != 0) {
            OpcodeImpl.TABLE_INIT(instance, table, element, size, from, to);
        }
    }

    /** elem.drop */
    @SuppressWarnings("NullAway") // Chicory marks a dropped segment by null.
    public static void dropElement(int element, ExecutionContext context) {
        context.machine.instance().setElement(element, null);
    }

    private static void checkRange(int offset, int size, int limit) {
        if (Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(size) > limit) {
            throw Traps.tableBounds();
        }
    }
}
