package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.jpa.Book;
import io.github.jdbcpglite.examples.jpa.Books;
import io.github.jdbcpglite.examples.jpa.JpaApplication;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class JpaApplicationTest {
    @Test
    void startsAndWorks() {
        try (ConfigurableApplicationContext context = Samples.start(JpaApplication.class, "jpa")) {
            Books books = context.getBean(Books.class);
            books.save(new Book("The Art of PostgreSQL"));
            books.save(new Book("Elsewhere"));
            assertThat(books.findByTitleContainingIgnoreCase("postgres"))
                    .extracting(Book::getTitle)
                    .containsExactly("The Art of PostgreSQL");
        }
    }
}
