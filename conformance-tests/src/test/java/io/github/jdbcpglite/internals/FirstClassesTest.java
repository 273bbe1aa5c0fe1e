package io.github.jdbcpglite.internals;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import io.github.jdbcpglite.postgres.internal.opening.EmbeddedClusters;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A start loads classes in advance, and says nothing if it cannot: so the list must be right. */
class FirstClassesTest {
    @Test
    void theClassesThatTheBuildNotedAreInTheImage() throws Exception {
        EmbeddedClusters.warmUp();
        String list =
                "/"
                        + DistributionLayout.ROOT
                        + DistributionLayout.BOOT
                        + "/"
                        + DistributionLayout.FIRST_CLASSES;
        try (InputStream in = FirstClassesTest.class.getResourceAsStream(list)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSizeGreaterThan(10)
                    .anyMatch(name -> name.endsWith("Machine"))
                    .anyMatch(name -> name.contains(".Functions"));
        }
    }
}
