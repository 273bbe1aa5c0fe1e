package io.github.jdbcpglite.host.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.directory.HostFileSystem;
import io.github.jdbcpglite.host.fs.layer.MountedFileSystem;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Does the same random operations on every kind of file system and expects the same results and
 * errnos of each. A failure names the seed; add it to {@link #seeds} to see it again.
 */
@Timeout(120)
final class FileSystemEquivalenceTest {
    private static final int STEPS = 2_000;
    private static final String[] NAMES = {"a", "b", "c"};
    private static final int[] FLAGS = {
        OpenFlags.READ_ONLY,
        OpenFlags.WRITE_ONLY,
        OpenFlags.READ_WRITE,
        OpenFlags.CREATE | OpenFlags.READ_WRITE,
        OpenFlags.CREATE | OpenFlags.READ_WRITE,
        OpenFlags.CREATE | OpenFlags.WRITE_ONLY | OpenFlags.TRUNCATE,
        OpenFlags.CREATE | OpenFlags.READ_WRITE | OpenFlags.EXCLUSIVE,
        OpenFlags.DIRECTORY,
        OpenFlags.NO_FOLLOW,
        OpenFlags.READ_WRITE | OpenFlags.NO_FOLLOW | OpenFlags.CREATE,
        OpenFlags.READ_WRITE | OpenFlags.TRUNCATE,
    };

    @TempDir Path directory;
    @TempDir Path mountedDirectory;

    static LongStream seeds() {
        return LongStream.of(1, 2, 3, 4, System.nanoTime());
    }

    /** One operation on one file system; the result in words. */
    private interface Operation {
        String on(Subject subject) throws ErrnoException;
    }

    /** A file system with its open handles, the same ones at the same places in each. */
    private record Subject(String name, FileSystem fs, List<FileHandle> handles) {
        Subject(String name, FileSystem fs) {
            this(name, fs, new ArrayList<>());
        }

        String outcome(Operation operation) {
            try {
                return operation.on(this);
            } catch (ErrnoException e) {
                return e.errno().name();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyKindBehavesTheSame(long seed) throws Exception {
        FileSystem mounts =
                MountedFileSystem.builder(MemoryFileSystem.create())
                        .mount("/m", HostFileSystem.open(mountedDirectory))
                        .build();
        List<Subject> subjects =
                List.of(
                        new Subject("memory", MemoryFileSystem.create()),
                        new Subject("host", HostFileSystem.open(directory)),
                        new Subject("mounted", new SubtreeFileSystem(mounts, "/m")));
        for (Subject subject : subjects) {
            subject.fs().setMode("/", 0755);
        }
        Random random = new Random(seed);
        List<String> log = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            StringBuilder words = new StringBuilder();
            Operation operation = next(random, words, subjects.get(0).handles().size());
            String expected = subjects.get(0).outcome(operation);
            log.add(words + " -> " + expected);
            for (Subject subject : subjects.subList(1, subjects.size())) {
                assertThat(subject.outcome(operation))
                        .as(
                                "seed %d, step %d on %s, after %s",
                                seed,
                                step,
                                subject.name(),
                                log.subList(Math.max(0, log.size() - 25), log.size()))
                        .isEqualTo(expected);
            }
        }
        assertThat(subjects)
                .extracting(FileSystemEquivalenceTest::tree)
                .allMatch(tree(subjects.get(0))::equals, "seed " + seed);
        for (Subject subject : subjects) {
            subject.fs().close();
        }
    }

    private static Operation next(Random random, StringBuilder words, int handles) {
        if (handles > 0 && random.nextInt(3) == 0) {
            return onHandle(random, words, random.nextInt(handles));
        }
        String path = path(random);
        String other = path(random);
        int kind = random.nextInt(12);
        int flags = FLAGS[random.nextInt(FLAGS.length)];
        boolean follow = random.nextBoolean();
        int mode = 0700 | random.nextInt(0100);
        words.append(kind).append(' ').append(path).append(' ').append(other);
        words.append(" flags ").append(flags).append(follow ? " follow" : "");
        return switch (kind) {
            case 0, 1, 2 ->
                    subject -> {
                        subject.handles().add(subject.fs().open(path, flags, mode));
                        return "opened";
                    };
            case 3 -> subject -> describe(subject.fs().stat(path, follow));
            case 4 -> subject -> FileSystemTesting.names(subject.fs(), path).toString();
            case 5, 6 -> subject -> done(() -> subject.fs().makeDirectory(path, mode));
            case 7 -> subject -> done(() -> subject.fs().removeDirectory(path));
            case 8 -> subject -> done(() -> subject.fs().unlink(path));
            case 9 -> subject -> done(() -> subject.fs().rename(path, other));
            case 10 -> {
                String target = follow ? other : other.substring(1);
                yield subject -> done(() -> subject.fs().symbolicLink(target, path));
            }
            default ->
                    follow
                            ? subject -> done(() -> subject.fs().setMode(path, mode))
                            : subject -> subject.fs().readLink(path);
        };
    }

    private static Operation onHandle(Random random, StringBuilder words, int index) {
        int kind = random.nextInt(8);
        long position = random.nextInt(20_000);
        int length = random.nextInt(10_000);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        words.append("handle ").append(index).append(" kind ").append(kind);
        words.append(" at ").append(position).append(" length ").append(length);
        return subject -> {
            FileHandle handle = subject.handles().get(index);
            return switch (kind) {
                case 0 -> "" + handle.write(position, bytes.clone(), 0, length);
                case 1 -> "" + handle.append(bytes.clone(), 0, length);
                case 2, 3 -> {
                    byte[] buffer = new byte[length];
                    int count = handle.read(position, buffer, 0, length);
                    yield count + " " + Arrays.hashCode(buffer);
                }
                case 4 -> done(() -> handle.truncate(position));
                case 5 -> describe(handle.status());
                case 6 -> done(() -> handle.sync(true));
                default -> {
                    subject.handles().remove(index).close();
                    yield "closed";
                }
            };
        };
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder();
        int depth = random.nextInt(30) == 0 ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            path.append('/').append(NAMES[random.nextInt(NAMES.length)]);
        }
        return depth == 0 ? "/" : path.toString();
    }

    private static String done(FileSystemTesting.Action action) throws ErrnoException {
        action.run();
        return "done";
    }

    /** Leaves out what may differ: inodes, times, and what a directory counts. */
    private static String describe(FileStatus status) {
        if (status.type() == FileType.DIRECTORY) {
            return "directory " + status.mode();
        }
        return status.type()
                + " mode "
                + status.mode()
                + " links "
                + status.linkCount()
                + " size "
                + status.size();
    }

    private static String tree(Subject subject) {
        TreeMap<String, String> found = new TreeMap<>();
        try {
            FileTreeWalk.walk(
                    subject.fs(),
                    "/",
                    (path, status) -> {
                        String contents =
                                status.type() == FileType.REGULAR
                                        ? Arrays.hashCode(
                                                        FileSystemTesting.readBytes(
                                                                subject.fs(), path))
                                                + ""
                                        : "";
                        found.put(path, describe(status) + contents);
                    });
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
        return found.toString();
    }
}
