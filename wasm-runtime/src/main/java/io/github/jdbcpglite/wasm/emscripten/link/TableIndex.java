package io.github.jdbcpglite.wasm.emscripten.link;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Value;
import io.github.jdbcpglite.wasm.emscripten.GuestInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the table index of a function, so that each function has one address however often it is
 * asked for: PostgreSQL compares function pointers.
 */
final class TableIndex {
    private final Instance main;
    private final TableInstance table;
    private final IdentityHashMap<Instance, Map<Integer, Integer>> indexes =
            new IdentityHashMap<>();

    TableIndex(GuestInstance guest) {
        this.main = guest.instance();
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
            int function = table.ref(i);
            if (function != Value.REF_NULL_VALUE) {
                Instance owner = table.instance(i);
                of(owner == null ? main : owner).putIfAbsent(function, i);
            }
        }
    }

    /** Fills an entry, as it was in a process whose table this one's is to equal. */
    void put(int index, Instance owner, int function) {
        if (table.ref(index) == Value.REF_NULL_VALUE) {
            table.setRef(index, function, owner == main ? null : owner);
            of(owner).putIfAbsent(function, index);
        }
    }

    /** Returns the entries from an index on, with their owners as positions in a list. */
    List<LinkedLibraries.Entry> entries(int first, List<Instance> owners) {
        List<LinkedLibraries.Entry> entries = new ArrayList<>();
        for (int i = first; i < table.size(); i++) {
            int function = table.ref(i);
            Instance owner = table.instance(i);
            entries.add(
                    function == Value.REF_NULL_VALUE
                            ? LinkedLibraries.Entry.EMPTY
                            : new LinkedLibraries.Entry(
                                    owner == null ? 0 : owners.indexOf(owner), function));
        }
        return entries;
    }

    private Map<Integer, Integer> of(Instance instance) {
        return indexes.computeIfAbsent(instance, key -> new HashMap<>());
    }

    /** Returns the table index of a function, appending it when it has none. */
    int of(Instance instance, int function) {
        return of(instance)
                .computeIfAbsent(
                        function,
                        key -> {
                            int index = table.grow(1, Value.REF_NULL_VALUE, null);
                            if (index < 0) {
                                throw new IllegalStateException("the function table cannot grow");
                            }
                            table.setRef(index, function, instance);
                            return index;
                        });
    }
}
