package io.github.jdbcpglite.engine.nativecode;

import io.github.jdbcpglite.engine.Engine;
import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LibraryModule;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.MainModule;
import io.github.jdbcpglite.engine.MemoryAccount;
import io.github.jdbcpglite.engine.MemoryImage;
import io.github.jdbcpglite.engine.MemoryPool;
import io.github.jdbcpglite.engine.ModuleException;
import io.github.jdbcpglite.engine.ModuleParts;
import io.github.jdbcpglite.engine.SharedImage;
import io.github.jdbcpglite.engine.SharedMemory;
import io.github.jdbcpglite.engine.SharedPages;
import io.github.jdbcpglite.engine.Trap;
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.engine.description.DescriptionCodec;
import io.github.jdbcpglite.engine.description.LibraryDescriptionCodec;
import io.github.jdbcpglite.engine.description.ModuleDescription;
import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Runs modules as machine code that the build has made for this platform. */
public final class NativeEngine implements Engine {
    private final Header header;
    private final NativeDistribution distribution;

    NativeEngine(Header header, NativeDistribution distribution) {
        this.header = header;
        this.distribution = distribution;
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public MainModule loadMain(ModuleParts parts) {
        return new NativeMain(description(parts), code(parts), () -> initialMemory(parts));
    }

    private NativeModules.Code code(ModuleParts parts) {
        try {
            distribution.load(parts);
        } catch (NativeUnavailableException e) {
            throw new ModuleException(String.valueOf(e.getMessage()), e);
        }
        return NativeModules.get(parts.codeName());
    }

    private static ModuleDescription description(ModuleParts parts) {
        try (InputStream in = parts.open(ModuleParts.Part.STATE)) {
            return DescriptionCodec.read(ByteBuffer.wrap(in.readAllBytes()));
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new ModuleException("its description is cut short", e);
        } catch (IOException e) {
            throw new UncheckedIOException("its description cannot be read", e);
        }
    }

    private static NativeImage initialMemory(ModuleParts parts) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(parts.open(ModuleParts.Part.MEMORY)))) {
            return NativeImage.read(in);
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ModuleException("its initial memory cannot be read", e);
        }
    }

    @Override
    public LibraryModule loadLibrary(ModuleParts parts) {
        NativeModules.Code code = code(parts);
        try {
            return new NativeLibrary(
                    LibraryDescriptionCodec.read(Native.moduleDescription(code.address())), code);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new ModuleException("its description is cut short", e);
        }
    }

    @Override
    public MemoryAccount newAccount(MemoryBudget budget) {
        return new NativeAccount(budget);
    }

    @Override
    public MemoryAccount unlimitedAccount() {
        return new NativeAccount(null);
    }

    @Override
    public MemoryPool newPool(MemoryBudget budget, int keptPages, long marginBytes) {
        return new NativePool(budget);
    }

    @Override
    public LinearMemory newMemory(MainModule main, MemoryAccount account) {
        return restore(((NativeMain) main).initialMemory().get(), account);
    }

    @Override
    public LinearMemory restore(MemoryImage image, MemoryAccount account) {
        return NativeMemory.restored(header, (NativeImage) image, (NativeAccount) account);
    }

    @Override
    public MemoryImage readImage(DataInput in) throws IOException {
        return NativeImage.read(in);
    }

    @Override
    public SharedMemory newSharedMemory() {
        return new NativeSharedMemory();
    }

    @Override
    public SharedImage readSharedImage(DataInput in) throws IOException {
        return NativeSharedImage.read(in);
    }

    @Override
    public SharedPages newSharedPages(int count) {
        return new NativeSharedPages(new PageFile(count));
    }

    @Override
    public Guest instantiate(
            MainModule main, LinearMemory memory, Map<String, HostFunction> imports) {
        return new NativeGuest(this, (NativeMain) main, (NativeMemory) memory, imports);
    }

    /** Finds the host function for an import; one that is absent fails by name when called. */
    HostFunction resolve(String name, Map<String, HostFunction> hostFunctions) {
        HostFunction known = hostFunctions.get(name);
        if (known != null) {
            return known;
        }
        return (caller, args) -> {
            throw new Trap(
                    "the guest called the import " + name + ", which this host does not implement");
        };
    }
}
