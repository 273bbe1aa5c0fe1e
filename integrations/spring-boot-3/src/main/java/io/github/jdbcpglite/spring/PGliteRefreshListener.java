package io.github.jdbcpglite.spring;

import io.github.jdbcpglite.spring.AutoConfigurePGlite.RefreshMode;
import io.github.jdbcpglite.testing.PGliteTestDatabase;
import java.sql.SQLException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Takes the database of a test back to its first state when {@link AutoConfigurePGlite#refresh}
 * says so. It comes before the listener of transactions and of {@code @Sql}, so that it runs before
 * them and, afterwards, after them.
 */
final class PGliteRefreshListener extends AbstractTestExecutionListener {
    /** After the context is there and may be asked for, before transactions (4000). */
    private static final int ORDER = 3900;

    PGliteRefreshListener() {}

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void beforeTestClass(TestContext test) throws SQLException {
        if (mode(test) != RefreshMode.NEVER) {
            restoreOrSave(test, mode(test) == RefreshMode.BEFORE_CLASS);
        }
    }

    @Override
    public void beforeTestMethod(TestContext test) throws SQLException {
        if (mode(test) != RefreshMode.NEVER) {
            // The context may be a new one, after @DirtiesContext.
            restoreOrSave(test, mode(test) == RefreshMode.BEFORE_EACH_TEST_METHOD);
        }
    }

    @Override
    public void afterTestMethod(TestContext test) throws SQLException {
        if (mode(test) == RefreshMode.AFTER_EACH_TEST_METHOD && test.hasApplicationContext()) {
            restoreOrSave(test, true);
        }
    }

    @Override
    public void afterTestClass(TestContext test) throws SQLException {
        if (mode(test) == RefreshMode.AFTER_CLASS && test.hasApplicationContext()) {
            restoreOrSave(test, true);
        }
    }

    private static RefreshMode mode(TestContext test) {
        AutoConfigurePGlite annotation =
                PGliteContextCustomizerFactory.annotation(test.getTestClass());
        return annotation == null ? RefreshMode.NEVER : annotation.refresh();
    }

    /** Restores the state in which the context had started; saves it the first time. */
    private static void restoreOrSave(TestContext test, boolean restore) throws SQLException {
        if (!(test.getApplicationContext() instanceof ConfigurableApplicationContext context)
                || !context.getBeanFactory().containsSingleton(ContextDatabase.BEAN)) {
            return;
        }
        PGliteTestDatabase database =
                (PGliteTestDatabase) context.getBeanFactory().getSingleton(ContextDatabase.BEAN);
        if (database == null || (database.hasSaved() && !restore)) {
            return;
        }
        ContextDatabase.emptyPools(context.getBeanFactory());
        if (database.hasSaved()) {
            database.restore();
        } else {
            database.save();
        }
    }
}
