package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.Test;

class JdbiTest {
    @Test
    void bindsArraysAndUuids() {
        Jdbi jdbi = Jdbi.create("jdbc:pglite:memory:jdbi").installPlugin(new PostgresPlugin());
        UUID id = new UUID(3, 4);
        List<UUID> found =
                jdbi.inTransaction(
                        handle -> {
                            handle.execute("CREATE TEMP TABLE item (id uuid, tags text[])");
                            handle.createUpdate("INSERT INTO item VALUES (:id, :tags)")
                                    .bind("id", id)
                                    .bindArray("tags", String.class, "a", "b")
                                    .execute();
                            return handle.createQuery("SELECT id FROM item WHERE 'b' = ANY (tags)")
                                    .mapTo(UUID.class)
                                    .list();
                        });
        assertThat(found).containsExactly(id);
    }
}
