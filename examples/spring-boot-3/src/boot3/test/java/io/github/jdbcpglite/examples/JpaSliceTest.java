package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.jpa.Book;
import io.github.jdbcpglite.examples.jpa.Books;
import io.github.jdbcpglite.examples.jpa.JpaApplication;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** A slice with nothing said about its database; the application's URL is that of production. */
@DataJpaTest
@ContextConfiguration(classes = JpaApplication.class)
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:postgresql://nowhere.invalid/production",
            "spring.flyway.enabled=false",
            "spring.liquibase.enabled=false"
        })
class JpaSliceTest {
    @Autowired private Books books;
    @Autowired private JdbcTemplate sql;

    @Test
    void getsItsTablesInPGlite() {
        books.saveAndFlush(new Book("The Art of PostgreSQL"));
        assertThat(books.findByTitleContainingIgnoreCase("postgres")).hasSize(1);
        assertThat(sql.queryForObject("SELECT version()", String.class))
                .startsWith("PostgreSQL 18");
    }
}
