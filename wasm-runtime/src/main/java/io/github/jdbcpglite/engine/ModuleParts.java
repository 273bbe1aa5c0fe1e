package io.github.jdbcpglite.engine;

import java.io.InputStream;

/** Where an engine finds what the build has made of a module. */
public interface ModuleParts {
    /** What is stored of a module beside its code. */
    enum Part {
        /** The module in WebAssembly, without the bodies of its functions. */
        INTERFACE,
        /** What instantiation computes of a main module, if that was captured. */
        STATE,
        /** The memory that goes with {@link #STATE}. */
        MEMORY
    }

    /**
     * Returns the name under which the module's code is found, as the engine's compiler gave it.
     */
    String codeName();

    /**
     * Returns the SHA-256 of the module as it was compiled, in hexadecimal digits: code that lies
     * elsewhere fits if it was made of the same.
     */
    String digest();

    /** Returns where classes are found. */
    ClassLoader loader();

    /** Returns whether a part was stored. */
    boolean has(Part part);

    /** Opens a part that was stored. What it throws if it cannot, the engine passes on. */
    InputStream open(Part part);
}
