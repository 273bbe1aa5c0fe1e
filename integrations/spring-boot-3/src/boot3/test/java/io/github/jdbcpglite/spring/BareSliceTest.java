package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

import javax.sql.DataSource;

/** A slice of an application whose URL is that of production, and nothing else said. */
@JdbcTest
@ContextConfiguration(classes = TestApplication.class)
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:postgresql://nowhere.invalid/production",
            "spring.datasource.username=app",
            "spring.datasource.password=${NOT_SET_IN_TESTS}"
        })
class BareSliceTest {
    @Autowired private JdbcClient client;
    @Autowired private DataSource dataSource;
    @Autowired private Environment environment;

    @Test
    void getsADatabaseInMemory() throws Exception {
        assertThat(client.sql("SELECT version()").query(String.class).single())
                .startsWith("PostgreSQL 18");
        assertThat(client.sql("SELECT name FROM item").query(String.class).list())
                .containsExactly("of schema.sql");
        assertThat(dataSource.getClass().getName()).contains("PGlite");
        assertThat(environment.getProperty("spring.datasource.url"))
                .startsWith("jdbc:pglite:memory:");
    }
}
