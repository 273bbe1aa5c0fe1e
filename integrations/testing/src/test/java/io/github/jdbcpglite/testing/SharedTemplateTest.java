package io.github.jdbcpglite.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One template in the JVM for what is filled in the same way. */
class SharedTemplateTest {
    @TempDir Path temp;

    private PGliteTemplate template(ClassLoader loader) {
        return PGliteTemplate.shared(
                loader, List.of("shared.sql"), Nothing.class, Isolation.CLUSTER);
    }

    @Test
    void equalArgumentsMeanOneTemplateUntilAScriptChanges() throws Exception {
        Path script = Files.writeString(temp.resolve("shared.sql"), "CREATE TABLE one (i int)");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {temp.toUri().toURL()})) {
            PGliteTemplate first = template(loader);
            assertThat(template(loader)).isSameAs(first);
            Files.writeString(script, "CREATE TABLE two (i int)");
            PGliteTemplate second = template(loader);
            assertThat(second).isNotSameAs(first);
            try (PGliteTestDatabase database = second.create()) {
                assertThat(TestSql.strings(database.getDataSource(), "SELECT * FROM two"))
                        .isEmpty();
            }
        }
    }

    @Test
    void aScriptThatFailsIsNamedWithItsLine() throws Exception {
        Files.writeString(temp.resolve("shared.sql"), "SELECT 1;\nSELECT absent;\n");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {temp.toUri().toURL()})) {
            SQLException failure =
                    catchThrowableOfType(SQLException.class, () -> template(loader).create());
            assertThat(failure.getMessage()).contains("shared.sql, line 2", "SELECT absent");
        }
    }

    static final class Nothing implements DatabaseFiller {
        @Override
        public void fill(DataSource dataSource) {}
    }
}
