package io.github.jdbcpglite.examples.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** The repository. */
public interface Books extends JpaRepository<Book, Long> {
    /** Finds books by a part of their title, in any case. */
    List<Book> findByTitleContainingIgnoreCase(String part);
}
