package io.github.jdbcpglite.conformance;

import io.github.jdbcpglite.conformance.server.OracleUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Gives tests the run's {@link Conformance}; JUnit closes it after the last test of the run. Where
 * there is no oracle the tests are skipped, and the reason says how to get one.
 */
public final class ConformanceExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ConformanceExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, SQLException {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        if (store.get(Conformance.class) == null) {
            try {
                store.put(Conformance.class, new Conformance());
            } catch (OracleUnavailableException e) {
                throw new TestAbortedException(e.getMessage(), e);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Conformance.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).get(Conformance.class, Conformance.class);
    }
}
