package io.github.jdbcpglite.engine;

/** The trap of an access outside of linear memory, by the guest or by the host for it. */
public final class AddressFault extends Trap {
    private static final long serialVersionUID = 1L;

    /** Makes a fault that names the place. */
    public AddressFault(long address, int length) {
        super(
                "out of bounds memory access: "
                        + Integer.toUnsignedString(length)
                        + " bytes at address "
                        + address);
    }

    /** Makes a fault whose place is not known. */
    public AddressFault() {
        super("out of bounds memory access");
    }
}
