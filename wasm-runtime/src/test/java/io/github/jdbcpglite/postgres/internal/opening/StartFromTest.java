package io.github.jdbcpglite.postgres.internal.opening;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.budget.MemoryBudget;
import io.github.jdbcpglite.engine.bytecode.BytecodeEngine;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Options say what a cluster starts from, each combination one thing. */
final class StartFromTest {
    private static final Path DIRECTORY = Path.of("d");
    private static final Path BACKUP = Path.of("b.tar");
    private static final Map<String, String> SETTINGS = Map.of("max_connections", "7");

    private final FrozenCluster template =
            new FrozenCluster(BytecodeEngine.INSTANCE, MemoryFileSystem.create(), null, SETTINGS);

    /** Needs no stored template, as the options name what to start from. */
    @SuppressWarnings("NullAway")
    private static StartFrom of(ClusterOptions options) throws ErrnoException {
        return StartFrom.of(options, null);
    }

    private static ClusterOptions options() {
        return ClusterOptions.named("one");
    }

    @Test
    void directories() throws ErrnoException {
        ClusterOptions directory = options().with(ClusterOption.DIRECTORY, DIRECTORY);
        assertThat(of(directory)).isEqualTo(new StartFrom.Directory(DIRECTORY));
        assertThat(of(directory.with(ClusterOption.SOURCE, BACKUP)))
                .isEqualTo(new StartFrom.Directory(DIRECTORY));
        assertThat(of(directory.with(ClusterOption.READ_ONLY, true)))
                .isEqualTo(new StartFrom.Unchanged(DIRECTORY));
    }

    @Test
    void backups() throws ErrnoException {
        assertThat(of(options().with(ClusterOption.SOURCE, BACKUP)))
                .isEqualTo(new StartFrom.Backup(BACKUP));
    }

    @Test
    void aCloneKeepsTheSettingsUnlessOthersAreAsked() throws ErrnoException {
        ClusterOptions clone = options().with(ClusterOption.TEMPLATE, template);
        StartFrom from = of(clone);
        MemoryStorage storage =
                new MemoryStorage(MemoryFileSystem.create(), MemoryBudget.ofHeap(), true);
        assertThat(from).isEqualTo(new StartFrom.Template(template));
        assertThat(from.settings(clone, storage)).isEqualTo(SETTINGS);
        assertThat(from.settings(clone.with(ClusterOption.MAX_CONNECTIONS, 9), storage))
                .containsEntry("max_connections", "9")
                .containsEntry("fsync", "off");
        assertThat(from.settings(clone.withSetting("work_mem", "1MB"), storage))
                .containsEntry("max_connections", "100")
                .containsEntry("work_mem", "1MB");
    }
}
