package io.github.jdbcpglite.build.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A directory for the PATH with an {@code npm} that is a shell script. */
final class FakeNpm {
    private final Path directory;
    private final Path calls;

    FakeNpm(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.calls = directory.resolve("calls");
    }

    /** Makes npm a script that notes its arguments, one line a call, and then runs the body. */
    void script(String body) throws IOException {
        Path npm = directory.resolve("npm");
        Files.writeString(npm, "#!/bin/sh\necho \"$@\" >> '" + calls + "'\n" + body + "\n");
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Makes npm a script that "downloads" a file to where {@code --pack-destination} says. */
    void delivering(Path archive, String name) throws IOException {
        script("cp '" + archive + "' \"$5/" + name + "\"");
    }

    String searchPath() {
        return directory.toString();
    }

    List<String> calls() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }
}
