package io.github.jdbcpglite.conformance;

import io.github.jdbcpglite.conformance.server.OracleUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContextException;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the run's {@link Conformance}; JUnit closes it after the last test of the run. Where
 * there is no oracle the tests are skipped, and the reason says how to get one.
 */
public final class ConformanceExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ConformanceExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        if (store.get(Conformance.class) != null) {
            return ConditionEvaluationResult.enabled("both sides are there");
        }
        try {
            store.put(Conformance.class, new Conformance());
            return ConditionEvaluationResult.enabled("both sides were started");
        } catch (OracleUnavailableException e) {
            return ConditionEvaluationResult.disabled(e.getMessage());
        } catch (IOException | SQLException e) {
            throw new ExtensionContextException("A side of the comparison does not start", e);
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
