package io.github.jdbcpglite.build.spec;

/** Runs the modules of one script of the specification's testsuite. */
public interface SpecEngine {
    /** A module that was instantiated. */
    interface Guest {
        /**
         * Calls an exported function.
         *
         * @param function its name
         * @param arguments bits of the values
         * @return bits of the results; of 32-bit values only the low ones count
         * @throws SpecTrap if it traps
         */
        long[] call(String function, long... arguments);

        /** Returns the bits of an exported global. */
        long get(String global);
    }

    /**
     * Instantiates a module; the scripts' own imports and registered modules are there.
     *
     * @throws SpecTrap if that traps
     */
    Guest instantiate(byte[] wasm);

    /** Makes the exports of a module what later ones import under a name. */
    void register(String name, Guest guest);
}
