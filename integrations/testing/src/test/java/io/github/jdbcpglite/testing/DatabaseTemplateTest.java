package io.github.jdbcpglite.testing;

import java.sql.SQLException;

class DatabaseTemplateTest extends AbstractTemplateTest {
    DatabaseTemplateTest() {
        super(Isolation.DATABASE);
    }

    @Override
    int kept() throws SQLException {
        try (PGliteTestDatabase other = template().create()) {
            String others = "SELECT count(*) FROM pg_database WHERE datname ~ '^(test|saved)_'";
            return (int) number(other.getDataSource(), others) - 1;
        }
    }
}
