package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.AddressFault;
import io.github.jdbcpglite.engine.StackExhausted;
import io.github.jdbcpglite.engine.Trap;

/** What native code calls. */
final class Upcalls {
    private Upcalls() {}

    /**
     * Calls a host function.
     *
     * @param guest the guest whose code calls
     * @param slot of the module that calls
     * @param imported number of the import
     * @param count how many values there are
     * @return the raw result
     */
    static long call(Object guest, int slot, int imported, int count) {
        return ((NativeGuest) guest).callHost(slot, imported, count);
    }

    /** Throws what a code of {@code enum trap_code} in {@code guest.h} stands for. */
    @SuppressWarnings("DoNotCallSuggester") // native code calls it
    static void raise(int code) {
        throw switch (code) {
            case 1 -> new Trap("Trapped on unreachable instruction");
            case 2 -> new AddressFault();
            case 3 -> new Trap("integer overflow");
            case 4 -> new Trap("integer divide by zero");
            case 5 -> new Trap("invalid conversion to integer");
            case 6 -> new Trap("undefined element");
            case 7 -> new Trap("uninitialized element");
            case 8 -> new Trap("indirect call type mismatch");
            case 9 -> new Trap("out of bounds table access");
            case 10 -> new StackExhausted(null);
            case 11 -> LongjmpException.INSTANCE;
            default -> new IllegalStateException("unknown trap " + code);
        };
    }
}
