package io.github.jdbcpglite.build.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jdbcpglite.build.release.PgliteRelease;
import io.github.jdbcpglite.build.release.ReleaseFile;
import io.github.jdbcpglite.build.stage.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocateTest {
    /** What the build of the image has unpacked; a clean build has not come to it yet. */
    private static final Path FETCHED =
            Path.of("..", "pglite-image", "target", "pipeline", "fetch", "package", "dist")
                    .resolve("pglite.wasm");

    @TempDir Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream report = new ByteArrayOutputStream();

    private int run(String... args) {
        return new Locate(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(report, true, StandardCharsets.UTF_8),
                        Map.of())
                .run(args);
    }

    private String report() {
        return report.toString(StandardCharsets.UTF_8);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private Path releaseOf(byte[] wasm) throws IOException {
        PgliteRelease release =
                new PgliteRelease(
                        "pglite",
                        "1",
                        "aa",
                        Hashes.ofBytes(wasm),
                        Map.of("v", 2000),
                        Map.of(),
                        Map.of());
        return write(
                "known.properties", ReleaseFile.write(release).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] guest(long number, long address) {
        Guest guest = new Guest();
        guest.stores(number, address);
        return guest.bytes();
    }

    private int locate(byte[] known, byte[] other, String... more) throws IOException {
        String[] args = {
            "--release",
            releaseOf(known).toString(),
            "--known",
            write("known.wasm", known).toString(),
            write("other.wasm", other).toString()
        };
        String[] all = new String[args.length + more.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return run(all);
    }

    @Test
    void printsTheReleaseFileOfTheOther() throws IOException {
        int status = locate(guest(1, 2000), guest(1, 2100), "--version", "2");

        assertThat(status).as(report()).isEqualTo(0);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("npm.version=2\n", "address.v=2100\n");
        assertThat(report()).contains("summary: 2 FOUND 0 CHANGED 0 UNCHECKED 0 MISSING");
    }

    @Test
    void writesItToAFile() throws IOException {
        Path file = directory.resolve("other.properties");

        int status = locate(guest(1, 2000), guest(1, 2100), "--output", file.toString());

        assertThat(status).as(report()).isEqualTo(0);
        assertThat(file).content().contains("address.v=2100\n");
        assertThat(out.size()).isEqualTo(0);
    }

    @Test
    void failsWhenSomethingIsMissing() throws IOException {
        Guest other = new Guest();
        other.function(Guest.NUMBER, Guest.number(1));

        int status = locate(guest(1, 2000), other.bytes());

        assertThat(status).isEqualTo(1);
        assertThat(report()).contains("MISSING   address v").contains("1 MISSING");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("address.v");
    }

    @Test
    void failsForABinaryThatIsNotTheKnownRelease() throws IOException {
        Path known = releaseOf(guest(1, 2000));
        String other = write("other.wasm", guest(2, 2000)).toString();

        assertThat(run("--release", known.toString(), "--known", other, other)).isEqualTo(1);
        assertThat(report()).contains("ERROR: the release file of 1 is about");
    }

    @Test
    void failsForAFileThatIsNotThere() throws IOException {
        byte[] wasm = guest(1, 2000);
        String known = write("known.wasm", wasm).toString();
        String release = releaseOf(wasm).toString();
        String absent = directory.resolve("absent.wasm").toString();

        assertThat(run("--release", release, "--known", known, absent)).isEqualTo(1);
        assertThat(report()).contains("absent.wasm");
    }

    @Test
    void anUnknownVersionNeedsItsHash() {
        assertThat(run("--known", "known.wasm", "0.0.0")).isEqualTo(2);
        assertThat(report()).contains("0.0.0 has no release file yet: give --sha256");
    }

    @Test
    void explainsItself() {
        assertThat(run()).isEqualTo(2);
        assertThat(report()).contains("no release named", "usage: Locate");
        assertThat(run("a", "b")).isEqualTo(2);
        assertThat(run("a", "--output")).isEqualTo(2);
        assertThat(report()).contains("unexpected argument b", "--output needs a value");
    }

    @Test
    void thePinnedReleaseIsFoundInItself() throws IOException {
        assumeThat(FETCHED).as("the image was built before").exists();
        PgliteRelease pinned = PgliteRelease.pinned();
        // Modules are tested in order: after a change of the pin, the image is the old one's.
        assumeThat(Hashes.ofFile(FETCHED)).isEqualTo(pinned.wasmSha256());
        String wasm = FETCHED.toString();

        int status = run("--known", wasm, "--version", pinned.npmVersion(), wasm);

        assertThat(status).as(report()).isEqualTo(0);
        assertThat(report()).contains(" 0 CHANGED ", " 0 MISSING");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(ReleaseFile.write(pinned));
    }
}
