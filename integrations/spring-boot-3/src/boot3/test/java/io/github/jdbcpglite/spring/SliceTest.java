package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** A slice keeps the database of the URL; without the starter it would look for H2. */
@JdbcTest
@ContextConfiguration(classes = TestApplication.class)
@TestPropertySource(properties = "spring.datasource.url=jdbc:pglite:memory:slice")
class SliceTest {
    private final JdbcClient client;

    SliceTest(@Autowired JdbcClient client) {
        this.client = client;
    }

    @Test
    void usesTheDatabaseOfTheUrl() {
        assertThat(client.sql("SELECT version()").query(String.class).single())
                .startsWith("PostgreSQL 18");
        assertThat(client.sql("SELECT name FROM item").query(String.class).list())
                .containsExactly("of schema.sql");
    }
}
