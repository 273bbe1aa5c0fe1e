package io.github.jdbcpglite.engine;

import io.github.jdbcpglite.engine.budget.MemoryBudget;
import java.io.DataInput;
import java.io.IOException;
import java.util.Map;

/**
 * What runs modules of WebAssembly that the build has compiled: one way of compiling them, with the
 * memory that its code works on.
 *
 * <p>What comes from one engine (modules, memories, images, guests) is used with that engine alone;
 * another refuses it with a {@code ClassCastException}. Thread-safe.
 */
public interface Engine {
    /** Returns the name by which users choose it. */
    String name();

    /**
     * Loads a main module.
     *
     * @throws ModuleException if a part of it is missing or damaged
     */
    MainModule loadMain(ModuleParts parts);

    /**
     * Loads a shared library.
     *
     * @throws ModuleException if a part of it is missing or damaged
     */
    LibraryModule loadLibrary(ModuleParts parts);

    /** Returns an account that takes from a budget until it is closed. */
    MemoryAccount newAccount(MemoryBudget budget);

    /** Returns an account without limit, for a memory that lives no longer than its caller. */
    MemoryAccount unlimitedAccount();

    /**
     * Returns a pool that keeps nothing yet.
     *
     * @param keptPages the most pages that it keeps
     * @param marginBytes what the budget must have left for others when a page is kept
     */
    MemoryPool newPool(MemoryBudget budget, int keptPages, long marginBytes);

    /**
     * Returns memory for an instance of a main module: with the module's data, if it was captured,
     * else of zeros.
     *
     * @param account is asked when the memory grows
     */
    LinearMemory newMemory(MainModule main, MemoryAccount account);

    /**
     * Returns memory whose pages are those of an image, copy-on-write.
     *
     * @param account is asked when the memory grows
     */
    LinearMemory restore(MemoryImage image, MemoryAccount account);

    /**
     * Reads an image that {@link MemoryImage#write} has written.
     *
     * @throws IOException if it cannot be read
     */
    MemoryImage readImage(DataInput in) throws IOException;

    /** Returns shared memory without pages. */
    SharedMemory newSharedMemory();

    /**
     * Reads an image that {@link SharedImage#write} has written.
     *
     * @throws IOException if it cannot be read
     */
    SharedImage readSharedImage(DataInput in) throws IOException;

    /**
     * Returns pages of zeros for a segment that processes map.
     *
     * @param count 1 or more
     */
    SharedPages newSharedPages(int count);

    /**
     * Makes an instance of a main module; no function of it has run.
     *
     * @param memory from {@link #newMemory} for this module, or restored from an image of one
     * @param imports the host functions by the name of their import; one that is absent fails by
     *     name when it is called, unless the engine {@link #provides} it
     */
    Guest instantiate(MainModule main, LinearMemory memory, Map<String, HostFunction> imports);

    /**
     * Returns whether the engine itself has a function that guests import: {@code invoke_*} and
     * {@code _emscripten_throw_longjmp}, by which they set and take jumps.
     *
     * @see <a href="https://emscripten.org/docs/porting/setjmp-longjmp.html">Emscripten: setjmp</a>
     */
    default boolean provides(String importName) {
        return importName.startsWith("invoke_") || importName.equals("_emscripten_throw_longjmp");
    }
}
