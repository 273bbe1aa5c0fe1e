package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.MemoryImage;
import io.github.jdbcpglite.engine.SharedMemory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;

/**
 * An image in a file, which memories map.
 *
 * @param file nobody writes to it any more
 * @param shown the pages that are the file's; the others are zeros
 */
record NativeImage(PageFile file, BitSet shown) implements MemoryImage {
    /** Returns an image of all pages of a file. */
    static NativeImage of(PageFile file) {
        BitSet all = new BitSet();
        all.set(0, file.pageCount());
        return new NativeImage(file, all);
    }

    @Override
    public int pageCount() {
        return file.pageCount();
    }

    @Override
    public NativeImage without(SharedMemory shared) {
        BitSet rest = (BitSet) shown.clone();
        rest.andNot(((NativeSharedMemory) shared).range());
        return new NativeImage(file, rest);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(pageCount());
        file.writePages(out, shown);
    }

    /** Reads an image. */
    static NativeImage read(DataInput in) throws IOException {
        PageFile file = new PageFile(in.readInt());
        file.readPages(in);
        return of(file);
    }
}
