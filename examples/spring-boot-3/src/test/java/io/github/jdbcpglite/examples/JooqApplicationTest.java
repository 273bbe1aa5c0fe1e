package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.jooq.JooqApplication;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class JooqApplicationTest {
    @Test
    void startsAndWorks() {
        try (ConfigurableApplicationContext context =
                Samples.start(JooqApplication.class, "jooq")) {
            DSLContext jooq = context.getBean(DSLContext.class);
            assertThat(jooq.dialect()).isEqualTo(SQLDialect.POSTGRES);
            Long id =
                    jooq.insertInto(DSL.table("book"))
                            .columns(DSL.field("title", String.class))
                            .values("new")
                            .returningResult(DSL.field("id", Long.class))
                            .fetchOne(0, Long.class);
            assertThat(id).isEqualTo(2);
        }
    }
}
