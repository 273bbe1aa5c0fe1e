package io.github.jdbcpglite.build.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.stage.Hashes;
import io.github.jdbcpglite.build.stage.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleStageTest {
    private static final String GOOD =
            """
            Module["FS_createPath"]("/","a",true,true);\
            Module["FS_createPath"]("/a","empty",true,true);
            var name=file["filename"];})({files:[{filename:"/a/bin/x",start:0,end:3},\
            {filename:"/a/.pgpass",start:3,end:3},{filename:"/a/GMT+1",start:3,end:5}],\
            remote_package_size:5})\
            """;

    @TempDir Path directory;

    private Path run(String javaScript, String data, String name) throws IOException {
        Files.writeString(directory.resolve("pglite.js"), javaScript);
        Files.writeString(directory.resolve("pglite.data"), data);
        Path output = Files.createDirectory(directory.resolve(name));
        Path more = directory.resolve(name + "-more");
        Files.createDirectories(more.resolve("a/empty/deep"));
        Files.writeString(more.resolve("a/empty/more"), "further");
        Files.writeString(more.resolve("a/empty/deep/er"), "and");
        new BundleStage(directory, more).run(output, line -> {});
        return output;
    }

    @Test
    void takesTheBundleApart() throws IOException {
        Path output = run(GOOD, "abcde", "out");
        assertThat(output.resolve("files/a/bin/x")).hasContent("abc");
        assertThat(output.resolve("files/a/GMT+1")).hasContent("de");
        assertThat(output.resolve("files/a/empty/more")).hasContent("further");
        assertThat(output.resolve("files.index"))
                .hasContent(
                        """
                        d 755 0 /a
                        f 600 0 /a/.pgpass
                        f 644 2 /a/GMT+1
                        d 755 0 /a/bin
                        f 755 3 /a/bin/x
                        d 755 0 /a/empty
                        d 755 0 /a/empty/deep
                        f 644 3 /a/empty/deep/er
                        f 644 7 /a/empty/more
                        """);
    }

    @Test
    void sameInputSameBytes() throws IOException {
        assertThat(Hashes.ofTree(run(GOOD, "abcde", "one")))
                .isEqualTo(Hashes.ofTree(run(GOOD, "abcde", "two")));
    }

    @Test
    void refusesATableThatDoesNotCoverTheBundle() {
        refused(GOOD, "abcdef", "remote_package_size|bytes of pglite.data");
        refused(GOOD.replace("start:3,end:5", "start:4,end:5"), "abcde", "/a/GMT\\+1");
        refused(GOOD.replace("remote_package_size:5", ""), "abcde", "remote_package_size");
    }

    @Test
    void refusesEntriesItDoesNotUnderstand() {
        refused(GOOD.replace("filename:\"/a/bin", "filename:'/a/bin"), "abcde", "begin at byte 0");
        refused(GOOD + ";x={filename:y}", "abcde", "files understood: 3, expected 4");
        refused(GOOD + "Module[\"FS_createPath\"](p,q)", "abcde", "directories understood");
    }

    @Test
    void refusesPathsThatLeadOut() {
        refused(GOOD.replace("/a/bin/x", "/../../x"), "abcde", "\\.\\.");
    }

    @Test
    void refusesNamesThatDifferInCaseOnly() {
        refused(GOOD.replace("/a/GMT+1", "/a/BIN"), "abcde", "differ only in case");
    }

    private void refused(String javaScript, String data, String pattern) {
        String name = "refused" + Integer.toHexString(javaScript.hashCode()) + data.length();
        assertThatThrownBy(() -> run(javaScript, data, name))
                .isInstanceOf(PipelineException.class)
                .hasMessageFindingMatch(pattern);
    }
}
