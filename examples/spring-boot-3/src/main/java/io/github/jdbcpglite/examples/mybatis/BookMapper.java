package io.github.jdbcpglite.examples.mybatis;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** The mapper. */
@Mapper
public interface BookMapper {
    /** Stores a book. */
    @Insert("INSERT INTO book (title) VALUES (#{title})")
    int insert(@Param("title") String title);

    /** Returns all titles in order. */
    @Select("SELECT title FROM book ORDER BY title")
    List<String> titles();
}
