package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions within transactions, each on a connection of its own, in the pool as it is. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NestedTransactionTest {
    private static final String COUNT = "SELECT count(*) FROM note WHERE author = ?";

    private static ConfigurableApplicationContext context;
    private static JdbcClient client;
    private static PlatformTransactionManager manager;
    private static TransactionTemplate outer;
    private static TransactionTemplate inner;

    @BeforeAll
    static void start() {
        context =
                new SpringApplication(TestApplication.class)
                        .run("--spring.datasource.url=jdbc:pglite:memory:nested");
        client = context.getBean(JdbcClient.class);
        manager = context.getBean(PlatformTransactionManager.class);
        outer = new TransactionTemplate(manager);
        inner = new TransactionTemplate(manager);
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void emptyTable() {
        client.sql("DROP TABLE IF EXISTS note").update();
        client.sql("CREATE TABLE note (author text)").update();
    }

    private static void write(String author) {
        client.sql("INSERT INTO note VALUES (?)").param(author).update();
    }

    private static long written(String author) {
        return client.sql(COUNT).param(author).query(Long.class).single();
    }

    private static int backend() {
        return client.sql("SELECT pg_backend_pid()").query(Integer.class).single();
    }

    @Test
    void innerCommitOutlivesOuterRollback() {
        outer.executeWithoutResult(
                status -> {
                    write("outer");
                    int outerBackend = backend();
                    inner.executeWithoutResult(
                            nested -> {
                                assertThat(backend()).isNotEqualTo(outerBackend);
                                assertThat(written("outer")).as("not committed yet").isZero();
                                write("inner");
                            });
                    assertThat(written("inner")).as("committed meanwhile").isOne();
                    assertThat(backend()).isEqualTo(outerBackend);
                    status.setRollbackOnly();
                });

        assertThat(written("inner")).isOne();
        assertThat(written("outer")).isZero();
    }

    @Test
    void innerRollbackLeavesOuterAlone() {
        outer.executeWithoutResult(
                status -> {
                    write("outer");
                    inner.executeWithoutResult(
                            nested -> {
                                write("inner");
                                nested.setRollbackOnly();
                            });
                    write("outer");
                });

        assertThat(written("inner")).isZero();
        assertThat(written("outer")).isEqualTo(2);
    }

    /** One connection for each of nine transactions that are open at once, of the pool's ten. */
    @Test
    void nineTransactionsAreOpenWithinEachOther() {
        nest(9);
        assertThat(written("nested")).isEqualTo(9);
        assertThat(context.getBean(HikariDataSource.class).getHikariPoolMXBean())
                .satisfies(pool -> assertThat(pool.getActiveConnections()).isZero());
    }

    private static void nest(int depth) {
        inner.executeWithoutResult(
                status -> {
                    write("nested");
                    if (depth > 1) {
                        nest(depth - 1);
                    }
                });
    }

    /** The inner one waits for a row of the outer one, which waits for it: only time helps. */
    @Test
    void innerTransactionThatWaitsForTheOuterOneTimesOut() {
        write("shared");
        TransactionTemplate limited = new TransactionTemplate(manager);
        limited.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        limited.setTimeout(1);
        String rename = "UPDATE note SET author = 'renamed' WHERE author = 'shared'";
        outer.executeWithoutResult(
                status -> {
                    assertThat(client.sql(rename).update()).isOne();
                    assertThat(
                                    catchThrowableOfType(
                                            QueryTimeoutException.class,
                                            () ->
                                                    limited.executeWithoutResult(
                                                            nested -> client.sql(rename).update())))
                            .isNotNull();
                });
        assertThat(written("renamed")).isOne();
    }
}
