package io.github.jdbcpglite.postgres.internal.opening;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.host.fs.Errno;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.postgres.cluster.ClusterException;
import io.github.jdbcpglite.postgres.cluster.ClusterOption;
import io.github.jdbcpglite.postgres.cluster.ClusterOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Users read these words and programs these kinds, so neither changes by accident. */
final class RefusalsTest {
    private final ErrnoException fault = new ErrnoException(Errno.EIO);

    private final ServerLog log = new ServerLog("one");
    private final Refusals refusals = new Refusals(ClusterOptions.named("one"), log);

    private static void check(ClusterException e, ClusterException.Kind kind, String message) {
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e).hasMessage(message);
    }

    @Test
    void aClosedCluster() {
        check(refusals.closed(), ClusterException.Kind.CLOSED, "the cluster one is closed");
        assertThat(refusals.closed().logLines()).isEmpty();
    }

    @Test
    void aStartThatFailsComesWithTheLog() {
        log.write("FATAL:  no\n".getBytes(StandardCharsets.UTF_8), 0, 11);
        IOException cause = new IOException();
        ClusterException refusal = refusals.notStarted("it is broken", cause);
        check(
                refusal,
                ClusterException.Kind.START_FAILED,
                "the cluster one did not start: it is broken");
        assertThat(refusal).hasCause(cause);
        assertThat(refusal.logLines()).containsExactly("FATAL:  no");
    }

    @Test
    void files() {
        check(
                refusals.filesNotMade(fault),
                ClusterException.Kind.START_FAILED,
                "the files of the cluster one could not be made: " + fault);
        check(
                refusals.filesNotRead(fault),
                ClusterException.Kind.RESOURCE,
                "the files of the cluster one cannot be read: " + fault);
        check(
                refusals.controlFileNotRead(fault),
                ClusterException.Kind.RESOURCE,
                "the control file of the cluster one cannot be read: " + fault);
    }

    @Test
    void templates() {
        check(
                refusals.noTemplate(),
                ClusterException.Kind.UNSUPPORTED,
                "the cluster one is in a directory, and only one in memory can be a template; load"
                        + " a backup of it into memory first");
        check(
                refusals.notCopied(fault),
                ClusterException.Kind.RESOURCE,
                "the cluster one could not be copied: " + fault);
    }

    @Test
    void whatALimitOfMemoryIsCalled() {
        ClusterOptions limited =
                ClusterOptions.named("one").with(ClusterOption.MEMORY_LIMIT_BYTES, 1L);
        assertThat(refusals.whatToRaise()).doesNotContain("pglite.memory");
        assertThat(new Refusals(limited, log).whatToRaise()).contains("pglite.memory");
    }

    @Test
    void aBackupThatWouldNotBeLoaded() {
        check(
                Refusals.notLoaded(Path.of("b.tar"), Path.of("d")),
                ClusterException.Kind.INVALID,
                "pglite.load=b.tar was not loaded: the directory d holds a cluster already. Leave"
                        + " pglite.load out to open that, or name a directory that is new or"
                        + " empty");
    }
}
