package io.github.jdbcpglite.postgres.internal.boot;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.MemoryImage;
import io.github.jdbcpglite.engine.SharedImage;
import io.github.jdbcpglite.engine.SharedMemory;
import io.github.jdbcpglite.host.link.LinkedLibraries;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The memory of a cluster at a moment when no backend runs. With a copy of the cluster's files of
 * the same moment, others start from it without booting.
 *
 * <p>Immutable but for what is learnt of it; safe for use by several threads.
 *
 * @param image private memory of a child of the postmaster, copied on write by each backend
 * @param stackPointer the guest's stack pointer in it
 * @param libraries the libraries loaded in it; a stored image has none
 * @param shared PostgreSQL's shared memory and the control segment of its dynamic shared memory
 * @param systemIdentifier the identifier of the cluster it was taken from
 * @param firstWrites what backends write at first
 */
public record ClusterImage(
        MemoryImage image,
        int stackPointer,
        LinkedLibraries libraries,
        SharedImage shared,
        long systemIdentifier,
        FirstWrites firstWrites) {

    /**
     * Returns what backends of a cluster that starts from this image are forked from.
     *
     * @param newIdentifier the identifier of that cluster
     * @param startTime when that cluster starts, in microseconds since the year 2000
     */
    public ForkSnapshot fork(long newIdentifier, long startTime) {
        SharedMemory region = shared.share();
        region.replaceLong(systemIdentifier, newIdentifier);
        return new ForkSnapshot(image, stackPointer, libraries, region, startTime, firstWrites);
    }

    /** Writes the image, as {@link #read} reads it. */
    public void write(DataOutput out) throws IOException {
        if (libraries.size() != 0) {
            throw new IllegalStateException("libraries cannot be stored: " + libraries);
        }
        out.writeInt(stackPointer);
        out.writeLong(systemIdentifier);
        image.write(out);
        shared.write(out, systemIdentifier);
    }

    /** Reads an image. */
    public static ClusterImage read(Engine engine, DataInput in) throws IOException {
        int stackPointer = in.readInt();
        long systemIdentifier = in.readLong();
        return new ClusterImage(
                engine.readImage(in),
                stackPointer,
                LinkedLibraries.NONE,
                engine.readSharedImage(in),
                systemIdentifier,
                new FirstWrites());
    }
}
