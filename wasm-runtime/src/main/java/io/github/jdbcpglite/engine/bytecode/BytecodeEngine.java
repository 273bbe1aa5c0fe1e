package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.MemoryLimits;
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
import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.engine.bytecode.memory.PageSource;
import io.github.jdbcpglite.engine.bytecode.memory.PagedImage;
import io.github.jdbcpglite.engine.bytecode.memory.PagedLinearMemory;
import io.github.jdbcpglite.engine.bytecode.memory.RecycledPages;
import io.github.jdbcpglite.engine.bytecode.memory.SharedArrays;
import io.github.jdbcpglite.engine.bytecode.memory.SharedRegion;
import io.github.jdbcpglite.engine.bytecode.memory.SharedRegionImage;
import io.github.jdbcpglite.engine.description.DescriptionCodec;
import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Supplier;

/** Runs modules as JVM classes that the build has generated, over paged memory in the heap. */
public final class BytecodeEngine implements Engine {
    /** The one engine of its kind; it has no state. */
    public static final BytecodeEngine INSTANCE = new BytecodeEngine();

    private BytecodeEngine() {}

    @Override
    public String name() {
        return "bytecode";
    }

    @Override
    public MainModule loadMain(ModuleParts parts) {
        if (!parts.has(ModuleParts.Part.STATE)) {
            return load(parts);
        }
        return new CapturedModule(state(parts), machines(parts), () -> initialMemory(parts));
    }

    private static InitialInstance state(ModuleParts parts) {
        try (InputStream in = parts.open(ModuleParts.Part.STATE)) {
            // At once: each of its many numbers would be several calls on a stream.
            return new InitialInstance(DescriptionCodec.read(ByteBuffer.wrap(in.readAllBytes())));
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new ModuleException("its initial state is cut short", e);
        } catch (IOException e) {
            throw new UncheckedIOException("its initial state cannot be read", e);
        }
    }

    private static PagedImage initialMemory(ModuleParts parts) {
        // Not at once: there is then no second copy of large arrays.
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(parts.open(ModuleParts.Part.MEMORY)))) {
            return PagedImage.read(in);
        } catch (EOFException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new ModuleException("its initial memory is cut short", e);
        } catch (IOException e) {
            throw new UncheckedIOException("its initial memory cannot be read", e);
        }
    }

    @Override
    public LibraryModule loadLibrary(ModuleParts parts) {
        return load(parts);
    }

    private static CompiledModule load(ModuleParts parts) {
        Supplier<GeneratedMachine> machines = machines(parts);
        try {
            // The build validated the module with its bodies; these have none worth checking.
            return new CompiledModule(
                    Parser.builder()
                            .withValidation(false)
                            .build()
                            .parse(() -> parts.open(ModuleParts.Part.INTERFACE)),
                    GeneratedModules.machineFactory(machines));
        } catch (ChicoryException e) {
            throw new ModuleException("it cannot be parsed", e);
        }
    }

    private static Supplier<GeneratedMachine> machines(ModuleParts parts) {
        try {
            return GeneratedModules.machines(parts.codeName(), parts.loader());
        } catch (IllegalArgumentException e) {
            throw new ModuleException("no usable class " + parts.codeName(), e);
        }
    }

    @Override
    public MemoryAccount newAccount(MemoryBudget budget) {
        return PageSource.of(budget);
    }

    @Override
    public MemoryAccount unlimitedAccount() {
        return PageSource.unaccounted();
    }

    @Override
    public MemoryPool newPool(MemoryBudget budget, int keptPages, long marginBytes) {
        return new RecycledPages(budget, keptPages, marginBytes);
    }

    @Override
    public LinearMemory newMemory(MainModule main, MemoryAccount account) {
        if (main instanceof CapturedModule captured) {
            return restore(captured.initialMemory().get(), account);
        }
        MemoryLimits limits = ((CompiledModule) main).memoryLimits();
        return new PagedLinearMemory(limits.initialPages(), limits.maximumPages());
    }

    @Override
    public LinearMemory restore(MemoryImage image, MemoryAccount account) {
        return PagedLinearMemory.restore(
                (PagedImage) image, LinearMemory.MAX_PAGES, (PageSource) account);
    }

    @Override
    public MemoryImage readImage(DataInput in) throws IOException {
        return PagedImage.read(in);
    }

    @Override
    public SharedMemory newSharedMemory() {
        return new SharedRegion();
    }

    @Override
    public SharedImage readSharedImage(DataInput in) throws IOException {
        return SharedRegionImage.read(in);
    }

    @Override
    public SharedPages newSharedPages(int count) {
        return new SharedArrays(count);
    }

    @Override
    public Guest instantiate(
            MainModule main, LinearMemory memory, Map<String, HostFunction> imports) {
        PagedLinearMemory paged = (PagedLinearMemory) memory;
        return main instanceof CapturedModule captured
                ? new BytecodeGuest(this, captured, paged, imports)
                : new BytecodeGuest(this, (CompiledModule) main, paged, imports);
    }
}
