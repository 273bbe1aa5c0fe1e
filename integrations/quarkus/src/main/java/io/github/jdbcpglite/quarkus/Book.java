package io.github.jdbcpglite.quarkus;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** A row of the table {@code book}. */
@Entity
public class Book {
    @Id @GeneratedValue private long id;
    private String title = "";

    /** Makes a book that Hibernate fills. */
    protected Book() {}

    /** Makes a book that has no number yet. */
    public Book(String title) {
        this.title = title;
    }

    /** Returns the number that the database has given. */
    public long getId() {
        return id;
    }

    /** Returns the title. */
    public String getTitle() {
        return title;
    }
}
