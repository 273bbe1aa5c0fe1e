package io.github.jdbcpglite.host.fs;

import static io.github.jdbcpglite.host.fs.FileSystemTesting.assertErrno;
import static io.github.jdbcpglite.host.fs.FileSystemTesting.errnoOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GuestPathTest {

    @ParameterizedTest
    @CsvSource({
        "/, a, /a",
        "/d, a, /d/a",
        "/d/e, ../a, /d/a",
        "/d/e, ../../../a, /a",
        "/d, ., /d",
        "/d, .., /",
        "/d, ./a/./b//c/, /d/a/b/c",
        "/d, /a, /a",
        "/d, //a//b/, /a/b",
        "/d, /a/../../b, /b",
        "/d, /., /",
        "/d, '', /d",
        "/d, ..., /d/...",
        "/d, ..a/.b/c.., /d/..a/.b/c..",
        "/d, a/b/../.., /d",
    })
    void resolves(String workingDirectory, String path, String expected) {
        assertThat(GuestPath.resolve(workingDirectory, path)).isEqualTo(expected);
        assertThat(GuestPath.isClean(GuestPath.resolve(workingDirectory, path))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a/b", "/.a", "/a.", "/...", "/..a/b", "/a/.b"})
    void cleanPathsStayTheSameString(String path) {
        assertThat(GuestPath.isClean(path)).isTrue();
        assertThat(GuestPath.normalize(path)).isSameAs(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/a/", "//", "//a", "/a//b", "/.", "/..", "/a/./b", "/a/.."})
    void otherPathsAreNotClean(String path) {
        assertThat(GuestPath.isClean(path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/, /, ''", "/a, /, a", "/a/b, /a, b", "/a/b/c, /a/b, c"})
    void splits(String path, String parent, String name) {
        assertThat(GuestPath.parent(path)).isEqualTo(parent);
        assertThat(GuestPath.name(path)).isEqualTo(name);
        if (!name.isEmpty()) {
            assertThat(GuestPath.child(parent, name)).isEqualTo(path);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a, true",
        "/a/b, /a, true",
        "/ab, /a, false",
        "/a, /a/b, false",
        "/a, /, true",
        "/, /, true"
    })
    void knowsWhatIsWithin(String path, String directory, boolean expected) {
        assertThat(GuestPath.isWithin(path, directory)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "\u00e9t\u00e9",
                "\u20ac",
                "\ud83d\ude00x",
                "\ud83d",
                "\ude00\ud83d"
            })
    void countsBytesAsTheEncoderDoes(String text) {
        assertThat(GuestPath.utf8Length(text))
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void lengthsAreCountedInBytes() {
        String name = "\u20ac".repeat(85);
        assertThat(errnoOf(() -> GuestPath.checkName(name))).isNull();
        assertErrno(Errno.ENAMETOOLONG, () -> GuestPath.checkName(name + "x"));
        String path = "\u20ac".repeat(1365);
        assertThat(errnoOf(() -> GuestPath.checkPath(path))).isNull();
        assertErrno(Errno.ENAMETOOLONG, () -> GuestPath.checkPath(path + "x"));
    }
}
