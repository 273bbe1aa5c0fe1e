package io.github.jdbcpglite.engine.nativecode;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The translated modules of the libraries that are loaded. */
final class NativeModules {
    private static final Map<String, Code> KNOWN = new ConcurrentHashMap<>();
    private static int nextSlot;

    private NativeModules() {}

    /**
     * A module's code.
     *
     * @param address of what it tells the runtime
     * @param slot where guests have their instance of it
     */
    record Code(long address, int slot) {}

    /** Called by a library that is being loaded. */
    static synchronized void add(long library) {
        if (!Native.addCode(library)) {
            throw new IllegalStateException("too many native libraries");
        }
        for (int i = 0; ; i++) {
            long module = Native.module(library, i);
            if (module == 0) {
                return;
            }
            if (nextSlot == Header.ask().modulesMax()) {
                throw new IllegalStateException("too many native modules");
            }
            Native.bind(module, nextSlot);
            KNOWN.put(Native.moduleName(module), new Code(module, nextSlot));
            nextSlot++;
        }
    }

    /** Returns the code of a module whose library is loaded. */
    static Code get(String name) {
        Code code = KNOWN.get(name);
        if (code == null) {
            throw new IllegalStateException("the library that lists " + name + " lacks it");
        }
        return code;
    }
}
