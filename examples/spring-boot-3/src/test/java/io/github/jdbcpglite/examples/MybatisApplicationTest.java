package io.github.jdbcpglite.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.examples.mybatis.BookMapper;
import io.github.jdbcpglite.examples.mybatis.MybatisApplication;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class MybatisApplicationTest {
    @Test
    void startsAndWorks() {
        try (ConfigurableApplicationContext context =
                Samples.start(MybatisApplication.class, "mybatis")) {
            BookMapper books = context.getBean(BookMapper.class);
            assertThat(books.insert("new")).isOne();
            assertThat(books.titles()).containsExactly("migrated", "new");
        }
    }
}
