package io.github.jdbcpglite.host.link;

import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.engine.bytecode.FunctionOwner;
import io.github.jdbcpglite.engine.bytecode.FunctionTable;
import io.github.jdbcpglite.host.GuestInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the table index of a function, so that each function has one address however often it is
 * asked for: PostgreSQL compares function pointers.
 */
final class TableIndex {
    private final FunctionOwner main;
    private final FunctionTable table;
    private final Map<FunctionOwner, Map<Integer, Integer>> indexes = new HashMap<>();

    TableIndex(GuestInstance guest) {
        this.main = guest.functions();
        this.table = guest.table();
        learn(0, table.size());
    }

    /** Appends empty entries and returns the first one's index. */
    int reserve(int count) throws LinkException {
        int base = table.grow(count, Value.REF_NULL_VALUE, null);
        if (base < 0) {
            throw new LinkException("the function table cannot grow by " + count);
        }
        return base;
    }

    /** Takes note of entries that a module's element segments filled. */
    void learn(int base, int count) {
        for (int i = base; i < base + count; i++) {
            int function = table.function(i);
            if (function != Value.REF_NULL_VALUE) {
                FunctionOwner owner = table.owner(i);
                of(owner == null ? main : owner).putIfAbsent(function, i);
            }
        }
    }

    /** Fills an entry, as it was in a process whose table this one's is to equal. */
    void put(int index, FunctionOwner owner, int function) {
        if (table.function(index) == Value.REF_NULL_VALUE) {
            table.set(index, function, owner == main ? null : owner);
            of(owner).putIfAbsent(function, index);
        }
    }

    /** Returns the entries from an index on, with their owners as positions in a list. */
    List<LinkedLibraries.Entry> entries(int first, List<FunctionOwner> owners) {
        List<LinkedLibraries.Entry> entries = new ArrayList<>();
        for (int i = first; i < table.size(); i++) {
            int function = table.function(i);
            FunctionOwner owner = table.owner(i);
            entries.add(
                    function == Value.REF_NULL_VALUE
                            ? LinkedLibraries.Entry.EMPTY
                            : new LinkedLibraries.Entry(
                                    owner == null ? 0 : owners.indexOf(owner), function));
        }
        return entries;
    }

    private Map<Integer, Integer> of(FunctionOwner owner) {
        return indexes.computeIfAbsent(owner, key -> new HashMap<>());
    }

    /** Returns the table index of a function, appending it when it has none. */
    int of(FunctionOwner owner, int function) {
        return of(owner)
                .computeIfAbsent(
                        function,
                        key -> {
                            int index = table.grow(1, Value.REF_NULL_VALUE, null);
                            if (index < 0) {
                                throw new IllegalStateException("the function table cannot grow");
                            }
                            table.set(index, function, owner);
                            return index;
                        });
    }
}
