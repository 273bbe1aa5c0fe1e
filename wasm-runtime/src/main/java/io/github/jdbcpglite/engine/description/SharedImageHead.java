package io.github.jdbcpglite.engine.description;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What stands before the pages of a stored image of shared memory. Immutable.
 *
 * @param sought a number that will be looked for
 * @param addresses where it stands
 * @param range the pages that are shared, written or not
 */
public record SharedImageHead(long sought, List<Integer> addresses, BitSet range) {
    /** Copies what can change. */
    public SharedImageHead {
        addresses = List.copyOf(addresses);
        range = (BitSet) range.clone();
    }

    /**
     * Writes it: the number, the count of addresses and these, the length of the bits and these.
     */
    public void write(DataOutput out) throws IOException {
        out.writeLong(sought);
        out.writeInt(addresses.size());
        for (int address : addresses) {
            out.writeInt(address);
        }
        byte[] bits = range.toByteArray();
        out.writeInt(bits.length);
        out.write(bits);
    }

    /** Reads what {@link #write} has written. */
    public static SharedImageHead read(DataInput in) throws IOException {
        long sought = in.readLong();
        List<Integer> addresses = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            addresses.add(in.readInt());
        }
        byte[] bits = new byte[in.readInt()];
        in.readFully(bits);
        return new SharedImageHead(sought, addresses, BitSet.valueOf(bits));
    }
}
