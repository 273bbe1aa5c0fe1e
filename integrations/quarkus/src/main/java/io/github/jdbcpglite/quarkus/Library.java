package io.github.jdbcpglite.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;

/** Keeps books. */
@ApplicationScoped
public class Library {
    private final EntityManager entities;

    /** Makes it, as Quarkus does. */
    public Library(EntityManager entities) {
        this.entities = entities;
    }

    /** Adds books in one transaction, and fails after the last if it is told to. */
    @Transactional
    public void add(List<String> titles, boolean fail) {
        titles.forEach(title -> entities.persist(new Book(title)));
        entities.flush();
        if (fail) {
            throw new IllegalStateException("as it was told");
        }
    }

    /** Returns the titles, sorted. */
    @Transactional
    public List<String> titles() {
        return entities.createQuery("select title from Book order by title", String.class)
                .getResultList();
    }
}
