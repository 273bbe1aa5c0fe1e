package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process that is killed while it writes an archive leaves beside it. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbandonedBackupTest {
    @TempDir Path temp;

    @Test
    void theNextBackupRemovesWhatDeadProcessesLeftAndNothingElse() throws Exception {
        Path archive = temp.resolve("copy.tar");
        Path foreign = Files.writeString(temp.resolve(".pglite-backup-mine.part"), "mine");
        try (ChildJvm killed =
                        ChildJvm.start(BackupWriter.class, temp.resolve("a.tar").toString());
                ChildJvm living =
                        ChildJvm.start(BackupWriter.class, temp.resolve("b.tar").toString())) {
            assertThat(killed.line()).isEqualTo("writing");
            assertThat(living.line()).isEqualTo("writing");
            assertThat(partials()).hasSize(3);
            killed.kill();
            killed.awaitExit();
            assertThat(partials()).hasSize(3);

            PGlite.backup("jdbc:pglite:temp:", archive);
            assertThat(partials()).as("that of the living and the foreign one").hasSize(2);
            assertThat(archive).isNotEmptyFile();
            assertThat(foreign).hasContent("mine");

            living.send("go on");
            assertThat(living.line()).isEqualTo("written");
            living.awaitExit();
        }
        assertThat(temp.resolve("b.tar")).isNotEmptyFile();
        assertThat(partials()).containsExactly(foreign);
    }

    private List<Path> partials() throws IOException {
        try (Stream<Path> files = Files.list(temp)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}
