package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hibernate with nothing but a URL: no driver, no dialect. */
class HibernateTest {
    @Entity(name = "Item")
    static class Item {
        @Id
        @GeneratedValue(strategy = GenerationType.TABLE)
        @Nullable Long id;

        @Column(precision = 12, scale = 2)
        BigDecimal price = BigDecimal.ZERO;

        UUID code = new UUID(1, 2);
        OffsetDateTime made = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
        String[] tags = {"a", "b"};
    }

    private static SessionFactory factory() {
        return new Configuration()
                .addAnnotatedClass(Item.class)
                .setProperty("hibernate.connection.url", "jdbc:pglite:memory:hibernate")
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .setProperty("hibernate.connection.pool_size", "4")
                .buildSessionFactory();
    }

    @Test
    void runsWithTheVersionThisExecutionIsFor() {
        assertThat(
                        SessionFactory.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                .contains("hibernate-core-" + System.getProperty("hibernate.major") + ".");
    }

    /** A key from a table takes a second connection while the first is in a transaction. */
    @Test
    void storesAndFindsEntity() {
        try (SessionFactory factory = factory()) {
            assertThat(
                            factory.unwrap(SessionFactoryImplementor.class)
                                    .getJdbcServices()
                                    .getDialect())
                    .isInstanceOf(PostgreSQLDialect.class);
            Item item = new Item();
            item.price = new BigDecimal("12.30");
            factory.inTransaction(session -> session.persist(item));
            assertThat(item.id).isNotNull();

            EntityManager manager = factory.createEntityManager();
            Item found =
                    manager.createQuery("from Item where price > 10 and code = :code", Item.class)
                            .setParameter("code", new UUID(1, 2))
                            .getSingleResult();
            manager.getTransaction().begin();
            manager.lock(found, LockModeType.PESSIMISTIC_WRITE);
            manager.getTransaction().commit();
            assertThat(found.price).isEqualTo("12.30");
            assertThat(found.tags).containsExactly("a", "b");
            assertThat(found.made.toInstant()).isEqualTo("2026-01-02T03:04:05Z");
            manager.close();
        }
    }
}
