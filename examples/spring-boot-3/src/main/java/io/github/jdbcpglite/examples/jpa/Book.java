package io.github.jdbcpglite.examples.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entity with a sequence for its key. */
@Entity
@Table(name = "book")
public class Book {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    private @Nullable Long id;

    private String title = "";
    private UUID code = new UUID(0, 0);

    /** For JPA. */
    protected Book() {}

    /** Makes a book that is not stored yet. */
    public Book(String title) {
        this.title = title;
        this.code = UUID.nameUUIDFromBytes(title.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the key, or null if it is not stored yet. */
    public @Nullable Long getId() {
        return id;
    }

    public String getTitle() {
        return title;
    }

    public UUID getCode() {
        return code;
    }
}
