package io.github.jdbcpglite.build.release;

import java.util.List;

/**
 * Where a field lies in a structure, or how large a structure is.
 *
 * @param bytes the offset or size in bytes
 * @param places instructions that have it as their immediate; none if no code of the module has
 */
public record StructOffset(int bytes, List<Place> places) {
    /** Copies the list. */
    public StructOffset {
        places = List.copyOf(places);
    }
}
