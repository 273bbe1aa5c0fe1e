package io.github.jdbcpglite.extensions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** {@code pglite.extensions}, and what a session is told of extensions that are not there. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RestrictedExtensionsTest {
    private static final String POSTGRES_HINT =
            "The extension must first be installed on the system where PostgreSQL is running.";

    private static String url(String extensions) {
        return "jdbc:pglite:memory:restricted-"
                + UUID.randomUUID()
                + "?pglite.close=last&pglite.extensions="
                + extensions;
    }

    static SQLException failure(String url) {
        return catchThrowableOfType(SQLException.class, () -> Db.open(url).close());
    }

    private static ServerErrorMessage refused(Db db, String extension) {
        PSQLException e =
                catchThrowableOfType(
                        PSQLException.class,
                        () -> db.run("create extension \"" + extension + "\""));
        ServerErrorMessage message = e.getServerErrorMessage();
        assertThat(message).isNotNull();
        assertThat(message.getSQLState()).isEqualTo("0A000");
        assertThat(message.getMessage())
                .isEqualTo("extension \"" + extension + "\" is not available");
        return message;
    }

    @Test
    void onlyThoseNamedAndWhatTheyNeedAreThere() throws SQLException {
        try (Db db = Db.open(url("earthdistance,vector"))) {
            assertThat(db.rows("select name from pg_available_extensions order by 1"))
                    .containsExactly("cube", "earthdistance", "plpgsql", "vector");
            db.run("create extension earthdistance cascade; create extension vector");
            assertThat(refused(db, "hstore").getHint()).contains("pglite.extensions");
            SQLException load =
                    catchThrowableOfType(SQLException.class, () -> db.run("load 'auto_explain'"));
            assertThat(load.getSQLState()).isEqualTo("58P01");
        }
    }

    @Test
    void aUnitIsNamedByItsLibraryToo() throws SQLException {
        try (Db db = Db.open(url("auto_explain,refint"))) {
            db.run("load 'auto_explain'");
            assertThat(db.rows("select name from pg_available_extensions order by 1"))
                    .containsExactly(
                            "autoinc", "insert_username", "moddatetime", "plpgsql", "refint");
        }
    }

    @Test
    void noneMeansNone() throws SQLException {
        try (Db db = Db.open(url("none"))) {
            assertThat(db.rows("select name from pg_available_extensions"))
                    .containsExactly("plpgsql");
        }
    }

    @Test
    void theHintBelongsToTheExtensionAskedFor() throws SQLException {
        try (Db db = Db.open(url("vector"));
                Db other = Db.open("jdbc:pglite:temp:")) {
            assertThat(refused(db, "hstore").getHint()).contains("pglite.extensions");
            assertThat(refused(db, "nosuch").getHint()).isEqualTo(POSTGRES_HINT);
            assertThat(refused(db, "postgis").getHint()).contains("docs/EXTENSIONS.md");
            assertThat(refused(db, "pg_trgm").getHint()).contains("pglite.extensions");
            assertThat(refused(other, "nosuch").getHint()).isEqualTo(POSTGRES_HINT);
        }
    }

    @Test
    void oneThatIsNotOnTheClassPathFailsTheStartByName() {
        assertThat(failure(url("hstore,nosuch")).getMessage())
                .contains("pglite.extensions names nosuch");
    }

    @Test
    void connectionsOfOneClusterAgree() throws SQLException {
        String name = "jdbc:pglite:memory:agree-" + UUID.randomUUID() + "?pglite.close=last";
        try (Db db = Db.open(name + "&pglite.extensions=vector,hstore")) {
            db.run("select 1");
            Db.open(name + "&pglite.extensions=hstore,%20vector").close();
            assertThat(failure(name + "&pglite.extensions=hstore").getMessage())
                    .contains("pglite.extensions")
                    .contains("already open");
        }
    }

    @Test
    void aListThatIsNoneIsRefused() {
        assertThat(failure(url("a,,b")).getMessage()).contains("pglite.extensions");
        assertThat(failure(url("'x'")).getSQLState()).isEqualTo("22023");
    }
}
