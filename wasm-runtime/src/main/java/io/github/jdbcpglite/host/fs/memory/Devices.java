package io.github.jdbcpglite.host.fs.memory;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.platform.LimitedLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The devices a guest finds in {@code /dev}. */
public final class Devices {
    private Devices() {}

    /** Returns {@code /dev/null}: always at its end, and takes everything. */
    public static Device nothing() {
        return new Stream(InputStream.nullInputStream(), OutputStream.nullOutputStream());
    }

    /** Returns {@code /dev/zero}: zeros without end. */
    public static Device zeros() {
        return new Device() {
            @Override
            public int read(byte[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, (byte) 0);
                return length;
            }

            @Override
            public int write(byte[] buffer, int offset, int length) {
                return length;
            }
        };
    }

    /**
     * Returns {@code /dev/urandom}.
     *
     * @param generator where the bytes come from, safe for use by several threads; a {@link
     *     java.security.SecureRandom} unless a test wants them repeatable
     */
    public static Device random(RandomGenerator generator) {
        return new Device() {
            @Override
            public int read(byte[] buffer, int offset, int length) {
                byte[] bytes = new byte[length];
                generator.nextBytes(bytes);
                System.arraycopy(bytes, 0, buffer, offset, length);
                return length;
            }

            @Override
            public int write(byte[] buffer, int offset, int length) {
                return length;
            }
        };
    }

    /** Returns a device read from a stream; writes are dropped. The stream is never closed. */
    public static Device input(InputStream stream) {
        return new Stream(stream, OutputStream.nullOutputStream());
    }

    /** Returns a device written to a stream and flushed at once. The stream is never closed. */
    public static Device output(OutputStream stream) {
        return new Stream(InputStream.nullInputStream(), stream);
    }

    /**
     * Makes the tree every guest expects: {@code /dev} with {@code null}, {@code zero}, {@code
     * random}, {@code urandom}, {@code stdin}, {@code stdout} and {@code stderr}, and the empty
     * directories {@code /dev/shm} and {@code /tmp}.
     *
     * @param fileSystem where to make it
     * @param generator see {@link #random}
     * @param input standard input
     * @param output standard output
     * @param error standard error
     * @throws ErrnoException EEXIST or ENOTDIR if something else is in the way
     */
    public static void install(
            MemoryFileSystem fileSystem,
            RandomGenerator generator,
            InputStream input,
            OutputStream output,
            OutputStream error)
            throws ErrnoException {
        fileSystem.addDirectory("/dev", 0755);
        fileSystem.addDirectory("/dev/shm", 01777);
        fileSystem.addDirectory("/tmp", 01777);
        fileSystem.addDevice("/dev/null", nothing(), 0666);
        fileSystem.addDevice("/dev/zero", zeros(), 0666);
        Device random = random(generator);
        fileSystem.addDevice("/dev/random", random, 0666);
        fileSystem.addDevice("/dev/urandom", random, 0666);
        fileSystem.addDevice("/dev/stdin", input(input), 0600);
        fileSystem.addDevice("/dev/stdout", output(output), 0600);
        fileSystem.addDevice("/dev/stderr", output(error), 0600);
    }

    /** A device over streams of the host. */
    private static final class Stream implements Device {
        private static final LimitedLog LIMITED = new LimitedLog();

        private final InputStream input;
        private final OutputStream output;

        Stream(InputStream input, OutputStream output) {
            this.input = input;
            this.output = output;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws ErrnoException {
            if (length == 0) {
                return 0;
            }
            try {
                return Math.max(0, input.read(buffer, offset, length));
            } catch (IOException e) {
                throw failed("read", e);
            }
        }

        @Override
        public int write(byte[] buffer, int offset, int length) throws ErrnoException {
            try {
                output.write(buffer, offset, length);
                output.flush();
                return length;
            } catch (IOException e) {
                throw failed("write", e);
            }
        }

        private static ErrnoException failed(String operation, IOException cause) {
            LIMITED.log(
                    log(), Level.WARNING, "Cannot " + operation + " the stream of a device", cause);
            return new ErrnoException(Errno.EIO);
        }
    }

    private static Logger log() {
        return System.getLogger(Devices.class.getName());
    }
}
