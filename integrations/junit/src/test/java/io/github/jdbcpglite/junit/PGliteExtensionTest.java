package io.github.jdbcpglite.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.testing.PGliteTemplate;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A template of one's own, and one database for the class. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PGliteExtensionTest {
    @RegisterExtension
    static final PGliteExtension POSTGRES =
            PGliteExtension.perClass(
                    PGliteTemplate.filledBy(
                            dataSource -> Rows.execute(dataSource, "CREATE TABLE item (id int)")));

    @Test
    @Order(1)
    void writes(DataSource dataSource) throws SQLException {
        Rows.execute(dataSource, "INSERT INTO item VALUES (1)");
        assertThat(Rows.count(dataSource, "item")).isOne();
    }

    @Test
    @Order(2)
    void readsWhatAnotherMethodWrote(DataSource dataSource) throws SQLException {
        assertThat(Rows.count(dataSource, "item")).isOne();
    }
}
