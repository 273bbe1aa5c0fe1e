package io.github.jdbcpglite.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.testing.Isolation;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;

@PGliteTest(scripts = "items.sql", isolation = Isolation.DATABASE)
class SharedClusterTest {
    @RepeatedTest(2)
    void getsADatabaseOfItsOwn(DataSource dataSource, Connection connection) throws SQLException {
        assertThat(connection.getCatalog()).startsWith("test_");
        assertThat(connection.getMetaData().getURL()).contains("memory:testing/");
        Rows.execute(dataSource, "INSERT INTO item VALUES (3, 'three')");
        assertThat(Rows.count(dataSource, "item")).isEqualTo(2);
    }
}
