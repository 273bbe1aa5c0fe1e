package io.github.jdbcpglite.host.link;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.GuestTable;
import io.github.jdbcpglite.engine.LinkedModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the table index of a function, so that each function has one address however often it is
 * asked for: PostgreSQL compares function pointers.
 */
final class TableIndex {
    private final GuestTable table;
    private final Map<LinkedModule, Map<Integer, Integer>> indexes = new HashMap<>();

    TableIndex(Guest guest) {
        this.table = guest.table();
        learn(0, table.size());
    }

    /** Appends empty entries and returns the first one's index. */
    int reserve(int count) throws LinkException {
        int base = table.grow(count);
        if (base < 0) {
            throw new LinkException("the function table cannot grow by " + count);
        }
        return base;
    }

    /** Takes note of entries that a module's element segments filled. */
    void learn(int base, int count) {
        for (int i = base; i < base + count; i++) {
            LinkedModule module = table.module(i);
            if (module != null) {
                of(module).putIfAbsent(table.function(i), i);
            }
        }
    }

    /** Fills an entry, as it was in a process whose table this one's is to equal. */
    void put(int index, LinkedModule module, int function) {
        if (table.isEmpty(index)) {
            table.set(index, module, function);
            of(module).putIfAbsent(function, index);
        }
    }

    /** Returns the entries from an index on, with their owners as positions in a list. */
    List<LinkedLibraries.Entry> entries(int first, List<LinkedModule> owners) {
        List<LinkedLibraries.Entry> entries = new ArrayList<>();
        for (int i = first; i < table.size(); i++) {
            LinkedModule module = table.module(i);
            entries.add(
                    module == null
                            ? LinkedLibraries.Entry.EMPTY
                            : new LinkedLibraries.Entry(owners.indexOf(module), table.function(i)));
        }
        return entries;
    }

    private Map<Integer, Integer> of(LinkedModule module) {
        return indexes.computeIfAbsent(module, key -> new HashMap<>());
    }

    /** Returns the table index of a function, appending it when it has none. */
    int of(LinkedModule module, int function) {
        return of(module)
                .computeIfAbsent(
                        function,
                        key -> {
                            int index = table.grow(1);
                            if (index < 0) {
                                throw new IllegalStateException("the function table cannot grow");
                            }
                            table.set(index, module, function);
                            return index;
                        });
    }
}
