package io.github.jdbcpglite.guide;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs one class of tests; fails if one of them does, or if there is none. */
final class JUnitRun {
    private JUnitRun() {}

    public static void main(String[] args) {
        Launcher launcher = LauncherFactory.create();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(args[0]))
                        .build(),
                listener);
        TestExecutionSummary summary = listener.getSummary();
        IllegalStateException failed = new IllegalStateException("not all passed: " + args[0]);
        summary.getFailures().forEach(failure -> failed.addSuppressed(failure.getException()));
        if (failed.getSuppressed().length > 0 || summary.getTestsSucceededCount() == 0) {
            throw failed;
        }
    }
}
