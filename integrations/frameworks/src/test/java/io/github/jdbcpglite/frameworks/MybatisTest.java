package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGliteDataSource;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.api.Test;

class MybatisTest {
    interface Mapper {
        @Update("CREATE TABLE IF NOT EXISTS book (title text)")
        void createTable();

        @Insert("INSERT INTO book VALUES (#{title})")
        int insert(@Param("title") String title);

        @Select("SELECT title FROM book")
        List<String> titles();
    }

    @Test
    void mapsAndRollsBack() {
        PGliteDataSource dataSource = new PGliteDataSource();
        dataSource.setUrl("jdbc:pglite:memory:mybatis");
        Configuration configuration =
                new Configuration(
                        new Environment("test", new JdbcTransactionFactory(), dataSource));
        configuration.addMapper(Mapper.class);
        SqlSessionFactory sessions = new SqlSessionFactoryBuilder().build(configuration);
        try (SqlSession session = sessions.openSession()) {
            session.getMapper(Mapper.class).createTable();
            assertThat(session.getMapper(Mapper.class).insert("kept")).isOne();
            session.commit();
            session.getMapper(Mapper.class).insert("dropped");
            session.rollback();
            assertThat(session.getMapper(Mapper.class).titles()).containsExactly("kept");
        }
    }
}
