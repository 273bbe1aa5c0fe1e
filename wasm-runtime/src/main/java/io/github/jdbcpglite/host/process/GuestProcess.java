package io.github.jdbcpglite.host.process;

import io.github.jdbcpglite.engine.LinearMemory;
import io.github.jdbcpglite.host.descriptor.FdTable;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.FileSystem;
import io.github.jdbcpglite.host.fs.GuestPath;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the host keeps for one guest process: memory, files, descriptors, working directory, umask,
 * environment, clocks.
 *
 * <p>Belongs to the process's thread. The file system and the clock may be shared with others.
 */
public final class GuestProcess implements AutoCloseable {
    /** Deadline of a timer that is not armed. */
    public static final long NO_TIMER = Long.MAX_VALUE;

    public static final int ROOT = 0;

    private final LinearMemory memory;
    private final FileSystem fileSystem;
    private final FdTable descriptors;
    private final Map<String, String> environment;
    private final GuestClock clock;
    private final RandomGenerator random;
    private final ZoneId timeZone;
    private final Sleeper sleeper;
    private final SharedSegments segments;
    private final MemoryMappings mappings = new MemoryMappings();
    private final BitSet closeOnExec = new BitSet();
    private String currentDirectory;
    private int umask;
    private long timerDeadlineNanos = NO_TIMER;
    private @Nullable GuestCalls guestCalls;

    private GuestProcess(Builder builder) {
        this.memory = builder.memory;
        this.fileSystem = builder.fileSystem;
        this.descriptors = builder.descriptors;
        this.environment = new LinkedHashMap<>(builder.environment);
        this.clock = builder.clock;
        this.random = builder.random;
        this.timeZone = builder.timeZone;
        this.sleeper = builder.sleeper;
        this.segments = builder.segments;
        this.currentDirectory = builder.currentDirectory;
        this.umask = builder.umask;
    }

    /**
     * Starts a process with an empty environment in the root directory.
     *
     * @param memory its linear memory
     * @param fileSystem the files it sees
     * @param descriptors its open files; closed with the process
     */
    public static Builder builder(LinearMemory memory, FileSystem fileSystem, FdTable descriptors) {
        return new Builder(memory, fileSystem, descriptors);
    }

    /** Lets host functions call back; to be done before guest code runs. */
    public void bind(GuestCalls calls) {
        guestCalls = calls;
    }

    /** Returns the linear memory. */
    public LinearMemory memory() {
        return memory;
    }

    /** Returns the files the process sees. */
    public FileSystem fileSystem() {
        return fileSystem;
    }

    /** Returns the open files. */
    public FdTable descriptors() {
        return descriptors;
    }

    /** Returns the working directory, an absolute clean path. */
    public String currentDirectory() {
        return currentDirectory;
    }

    public void setCurrentDirectory(String path) {
        currentDirectory = path;
    }

    /** Returns the permission bits that new files do not get. */
    public int umask() {
        return umask;
    }

    public void setUmask(int mask) {
        umask = mask;
    }

    /** Returns the environment the process started with, in order. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Returns the clocks. */
    public GuestClock clock() {
        return clock;
    }

    /**
     * Returns when the process's timer expires, in {@link GuestClock#monotonicNanos}, or {@link
     * #NO_TIMER}.
     */
    public long timerDeadlineNanos() {
        return timerDeadlineNanos;
    }

    public void setTimerDeadline(long nanos) {
        timerDeadlineNanos = nanos;
    }

    /** Returns FD_CLOEXEC of a descriptor. There is no {@code exec}; only {@code fcntl} asks. */
    public boolean closeOnExec(int fd) {
        return closeOnExec.get(fd);
    }

    /** Sets whether {@code exec} would close a descriptor. */
    public void closeOnExec(int fd, boolean value) {
        if (fd >= 0) {
            closeOnExec.set(fd, value);
        }
    }

    /** Returns how it sleeps. */
    public Sleeper sleeper() {
        return sleeper;
    }

    /** Returns where its random numbers come from. */
    public RandomGenerator random() {
        return random;
    }

    /** Returns its local time zone. */
    public ZoneId timeZone() {
        return timeZone;
    }

    /** Returns the segments of shared memory of its cluster. */
    public SharedSegments segments() {
        return segments;
    }

    /** Returns the files that it has mapped. */
    public MemoryMappings mappings() {
        return mappings;
    }

    /** Returns the functions of the guest that the host calls. */
    public GuestCalls guestCalls() {
        if (guestCalls == null) {
            throw new IllegalStateException(
                    "the guest process is not bound to its instance; call bind first");
        }
        return guestCalls;
    }

    /** Counts the process's mappings of shared memory less; with the giant lock held. */
    public void leaveSegments() throws ErrnoException {
        mappings.leave(segments);
    }

    /** Closes every descriptor and mapping. Idempotent. */
    @Override
    public void close() throws ErrnoException {
        try {
            mappings.close();
        } finally {
            descriptors.closeAll();
        }
    }

    /** Settings of a new process. */
    public static final class Builder {
        private final LinearMemory memory;
        private final FileSystem fileSystem;
        private final FdTable descriptors;
        private Map<String, String> environment = Map.of();
        private GuestClock clock = GuestClock.system();
        private RandomGenerator random = new SecureRandom();
        private ZoneId timeZone = ZoneOffset.UTC;
        private Sleeper sleeper = Sleeper.PARKING;
        private SharedSegments segments = SharedSegments.none();
        private String currentDirectory = "/";
        private int umask = 022;

        private Builder(LinearMemory memory, FileSystem fileSystem, FdTable descriptors) {
            this.memory = memory;
            this.fileSystem = fileSystem;
            this.descriptors = descriptors;
        }

        /** Sets the environment, in the order the guest sees it. */
        public Builder environment(Map<String, String> values) {
            this.environment = values;
            return this;
        }

        /** Sets the clocks; {@link GuestClock#system()} unless told. */
        public Builder clock(GuestClock value) {
            this.clock = value;
            return this;
        }

        /** Sets the source of random numbers; a {@link SecureRandom} unless told. */
        public Builder random(RandomGenerator value) {
            this.random = value;
            return this;
        }

        /** Sets what local time means; UTC unless told. */
        public Builder timeZone(ZoneId value) {
            this.timeZone = value;
            return this;
        }

        /** Sets how the process sleeps; {@link Sleeper#PARKING} unless told. */
        public Builder sleeper(Sleeper value) {
            this.sleeper = value;
            return this;
        }

        /** Sets the shared memory of the processes it is one of; none unless told. */
        public Builder segments(SharedSegments value) {
            this.segments = value;
            return this;
        }

        /** Sets the working directory, an absolute path; the root unless told. */
        public Builder currentDirectory(String path) {
            this.currentDirectory = GuestPath.normalize(path);
            return this;
        }

        /** Sets the permission bits that new files do not get; 022 unless told. */
        public Builder umask(int mask) {
            this.umask = mask;
            return this;
        }

        /** Creates the process. */
        public GuestProcess build() {
            return new GuestProcess(this);
        }
    }
}
