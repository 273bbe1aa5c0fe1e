package io.github.jdbcpglite.host.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.Guest;
import io.github.jdbcpglite.engine.HostFunction;
import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.engine.bytecode.InterpretedGuests;
import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileHandle;
import io.github.jdbcpglite.host.fs.OpenFlags;
import io.github.jdbcpglite.host.fs.memory.Devices;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.host.process.GuestCalls;
import io.github.jdbcpglite.host.process.GuestClock;
import io.github.jdbcpglite.host.process.GuestProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

/** A guest process without a guest: memory, files and calls of its host functions by name. */
public final class GuestFixture {
    public static final int AT_FDCWD = -100;
    public static final int WASM_PAGES = 16;
    public static final int WASM_PAGES_MAX = 64;
    public static final int PAGE = LinearMemory.PAGE_SIZE;

    /** An address outside linear memory. */
    public static final int OUTSIDE = WASM_PAGES_MAX * PAGE + 8;

    public final LinearMemory memory = InterpretedGuests.memory(WASM_PAGES, WASM_PAGES_MAX);
    final MemoryFileSystem files;
    final FdTable fds;
    final FakeClock clock = new FakeClock();
    public final FakeCalls calls = new FakeCalls();
    final ByteArrayOutputStream output = new ByteArrayOutputStream();
    public final GuestProcess process;
    final Map<String, HostFunction> functions;
    private int top = 64;

    /** Who calls; the functions here know their process without it. */
    public static final Guest NO_GUEST =
            (Guest)
                    Proxy.newProxyInstance(
                            Guest.class.getClassLoader(),
                            new Class<?>[] {Guest.class},
                            (proxy, method, args) -> {
                                throw new UnsupportedOperationException(method.getName());
                            });

    public GuestFixture() throws ErrnoException {
        this(MemoryFileSystem.create(), builder -> {});
    }

    public GuestFixture(MemoryFileSystem files, Consumer<GuestProcess.Builder> settings)
            throws ErrnoException {
        this.files = files;
        Devices.install(
                files,
                new Random(1),
                new ByteArrayInputStream("input".getBytes(StandardCharsets.UTF_8)),
                output,
                output);
        files.addDirectory("/data", 0700);
        fds = FdTable.withStandardStreams(files, 64);
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("TZ", "UTC");
        environment.put("NAME", "Zoë");
        GuestProcess.Builder builder =
                GuestProcess.builder(memory, files, fds)
                        .clock(clock)
                        .random(new Random(7))
                        .environment(environment)
                        .timeZone(ZoneOffset.UTC)
                        .currentDirectory("/data");
        settings.accept(builder);
        process = builder.build();
        process.bind(calls);
        functions = HostFunctions.of(process).functions();
    }

    /** Calls a host function. */
    public long call(String name, long... args) {
        return Objects.requireNonNull(functions.get(name), name).call(NO_GUEST, args);
    }

    /** Calls a {@code __syscall_*} function that is to fail. */
    public void fails(Errno errno, String name, long... args) {
        assertThat(call(name, args)).as(name).isEqualTo(-errno.number());
    }

    /** Calls a function of WASI that is to fail. */
    public void failsWasi(Errno errno, String name, long... args) {
        assertThat(call(name, args)).as(name).isEqualTo(errno.number());
    }

    /** Calls a function that is to return 0. */
    public void succeeds(String name, long... args) {
        assertThat(call(name, args)).as(name).isZero();
    }

    /** Takes memory, filled with a pattern so that what a call leaves alone shows. */
    public int allocate(int size) {
        int addr = top + 15 & -16;
        top = addr + size;
        memory.fill(addr, size, (byte) 0x5A);
        return addr;
    }

    public int string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int addr = allocate(bytes.length + 1);
        memory.put(addr, bytes);
        memory.putByte(addr + bytes.length, (byte) 0);
        return addr;
    }

    public int ints(int... values) {
        int addr = allocate(values.length * 4);
        for (int i = 0; i < values.length; i++) {
            memory.putInt(addr + 4 * i, values[i]);
        }
        return addr;
    }

    public String text(int addr, int length) {
        return new String(memory.getBytes(addr, length), StandardCharsets.UTF_8);
    }

    int open(String path, int flags) {
        return open(path, flags, 0644);
    }

    int open(String path, int flags, int mode) {
        long fd = call("__syscall_openat", AT_FDCWD, string(path), flags, ints(mode));
        assertThat(fd).as("open %s", path).isNotNegative();
        return (int) fd;
    }

    void file(String path, String content) throws ErrnoException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (FileHandle handle =
                files.open(
                        path, OpenFlags.CREATE | OpenFlags.TRUNCATE | OpenFlags.WRITE_ONLY, 0644)) {
            handle.write(0, bytes, 0, bytes.length);
        }
    }

    String content(String path) throws ErrnoException {
        try (FileHandle handle = files.open(path, OpenFlags.READ_ONLY, 0)) {
            byte[] bytes = new byte[(int) handle.size()];
            handle.read(0, bytes, 0, bytes.length);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Time that a test sets. */
    public static final class FakeClock implements GuestClock {
        Instant now = Instant.parse("2024-02-29T12:34:56.789012Z");
        long monotonicNanos = 5_000_250_000L;

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long monotonicNanos() {
            return monotonicNanos;
        }
    }

    /** Allocates from the upper half of the fixture's memory, and remembers. */
    public final class FakeCalls implements GuestCalls {
        private int next = WASM_PAGES / 2 * PAGE;
        int freed;
        int register;
        String signals = "";
        public boolean exhausted;

        @Override
        public int malloc(int size) {
            return memalign(16, size);
        }

        @Override
        public int memalign(int alignment, int size) {
            if (exhausted) {
                return 0;
            }
            int addr = next + alignment - 1 & -alignment;
            next = addr + size;
            memory.fill(addr, next - addr, (byte) 0x77);
            return addr;
        }

        @Override
        public void free(int addr) {
            freed = addr;
        }

        @Override
        public void callSignalHandler(int handlerIndex, int signal) {
            signals += handlerIndex + ":" + signal + ";";
        }

        @Override
        public int tempRet() {
            return register;
        }

        @Override
        public void tempRet(int value) {
            register = value;
        }
    }
}
