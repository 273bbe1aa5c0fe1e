package io.github.jdbcpglite.host.process;

import io.github.jdbcpglite.engine.Guest;

/** The functions of the guest that host functions call back. */
public interface GuestCalls {

    /**
     * Allocates guest memory that the guest will {@code free}, as {@code malloc(3)}.
     *
     * @param size bytes
     * @return the address, 0 when there is no memory
     */
    int malloc(int size);

    /**
     * Allocates aligned guest memory that the guest will {@code free}, as {@code memalign(3)}.
     *
     * @param alignment a power of two
     * @param size bytes
     * @return the address, 0 when there is no memory
     */
    int memalign(int alignment, int size);

    /** Frees what {@link #malloc} or {@link #memalign} returned, as {@code free(3)}. */
    void free(int addr);

    /** Calls a signal handler, a {@code void (*)(int)} in the function table. */
    void callSignalHandler(int handlerIndex, int signal);

    /** Returns the guest's second result register, {@code _emscripten_tempret_get}. */
    int tempRet();

    /** Sets the guest's second result register, {@code _emscripten_tempret_set}. */
    void tempRet(int value);

    /** Calls the exports of an instance, each when it is first needed. */
    static GuestCalls of(Guest guest) {
        return new GuestCalls() {
            @Override
            public int malloc(int size) {
                return (int) guest.call("malloc", size);
            }

            @Override
            public int memalign(int alignment, int size) {
                return (int) guest.call("emscripten_builtin_memalign", alignment, size);
            }

            @Override
            public void free(int addr) {
                guest.call("free", addr);
            }

            @Override
            public void callSignalHandler(int handlerIndex, int signal) {
                guest.callIndirect(handlerIndex, signal);
            }

            @Override
            public int tempRet() {
                return (int) guest.call("_emscripten_tempret_get");
            }

            @Override
            public void tempRet(int value) {
                guest.call("_emscripten_tempret_set", value);
            }
        };
    }
}
