package io.github.jdbcpglite.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ClusterTemplateTest extends AbstractTemplateTest {
    ClusterTemplateTest() {
        super(Isolation.CLUSTER);
    }

    @Override
    int kept() {
        return (int)
                PGliteClusters.open().stream()
                        .map(PGliteClusterInfo::getName)
                        .filter(name -> name.startsWith("memory:testing-"))
                        .count();
    }

    @Test
    void rolesAreOfOneTestToo() throws SQLException {
        String roles = "SELECT count(*) FROM pg_roles WHERE rolname = 'tester'";
        try (PGliteTestDatabase one = template().create();
                PGliteTestDatabase two = template().create()) {
            execute(one.getDataSource(), "CREATE ROLE tester");
            assertThat(number(one.getDataSource(), roles)).isEqualTo(1);
            assertThat(number(two.getDataSource(), roles)).isZero();
        }
    }

    @Test
    void anEndedTestLeavesNoCluster() throws SQLException {
        template().create().close();
        int before = kept();
        template().create().close();
        assertThat(kept()).isEqualTo(before);
        // Neither has the template, which is an image alone.
        assertThat(before).isZero();
    }
}
