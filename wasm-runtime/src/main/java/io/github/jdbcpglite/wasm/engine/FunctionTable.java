package io.github.jdbcpglite.wasm.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function table that tells each module's context which entries are functions of that module, so
 * that {@code call_indirect} needs no look-up of instances.
 *
 * <p>Its limits are its own. (Chicory's table grows the limits object of the parsed module, which
 * all instances share.)
 */
public final class FunctionTable extends TableInstance {
    private final List<ExecutionContext> views = new ArrayList<>();

    private FunctionTable(Table table, int initialValue) {
        super(table, initialValue);
    }

    /** Creates a table; a Chicory {@code TableFactory}. */
    public static FunctionTable create(Table table, int initialValue) {
        TableLimits limits = new TableLimits(table.limits().min(), table.limits().max());
        return new FunctionTable(new Table(table.elementType(), limits), initialValue);
    }

    /** Sets the entries before any module runs on the table. */
    void fill(int[] functions, Instance owner) {
        for (int i = 0; i < functions.length; i++) {
            super.setRef(i, functions[i], owner);
        }
    }

    /** Keeps a context's codes current from now on. */
    void attach(ExecutionContext context) {
        views.add(context);
        context.tableCodes = new int[size()];
        for (int i = 0; i < size(); i++) {
            context.tableCodes[i] = code(context, ref(i), instance(i));
        }
    }

    /** A null owner means the instance that created the table, the first to attach. */
    private int code(ExecutionContext context, int function, @Nullable Instance owner) {
        boolean own = owner == null ? context == views.get(0) : owner == context.instance;
        return own && function != Value.REF_NULL_VALUE ? context.layout.tableCode(function) : -1;
    }

    @Override
    public int grow(int size, int value, @Nullable Instance instance) {
        if (size < 0 || size > limits().max() - size()) {
            return -1;
        }
        int before = super.grow(size, value, instance);
        if (before >= 0) {
            for (ExecutionContext view : views) {
                view.tableCodes = Arrays.copyOf(view.tableCodes, size());
                Arrays.fill(view.tableCodes, before, size(), code(view, value, instance));
            }
        }
        return before;
    }

    @Override
    public void setRef(int index, int value, @Nullable Instance instance) {
        super.setRef(index, value, instance);
        for (ExecutionContext view : views) {
            view.tableCodes[index] = code(view, value, instance);
        }
    }

    @Override
    public void reset() {
        super.reset();
        for (ExecutionContext view : views) {
            Arrays.fill(view.tableCodes, -1);
        }
    }
}
