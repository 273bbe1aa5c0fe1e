package io.github.jdbcpglite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGlite;
import io.github.jdbcpglite.jdbc.PGliteClusterInfo;
import io.github.jdbcpglite.jdbc.PGliteClusters;
import java.net.URL;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.devtools.restart.classloader.RestartClassLoader;

/**
 * A restart by DevTools: the application's classes are loaded anew, the driver is not. The
 * restarter itself refuses to run below JUnit, so its class loader and thread are made here. That
 * the driver keeps no class loader of an application is tested beside the driver, where there is no
 * framework with caches of its own.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DevToolsRestartTest {
    private static final long DEADLINE_SECONDS = 60;

    @AfterEach
    void shutDown() throws Exception {
        PGlite.shutDown(RestartedApplication.URL);
        await("its threads end", () -> threads().isEmpty());
    }

    @Test
    void theDatabaseStaysAndNoThreadOfTheApplicationDoes() throws Exception {
        for (long start = 1; start <= 3; start++) {
            RestartClassLoader loader =
                    new RestartClassLoader(getClass().getClassLoader(), new URL[] {classes()});
            assertThat(start(loader)).as("starts that the database knows").isEqualTo(start);
            await("no backend is left", () -> threads().stream().noneMatch(this::isBackend));
        }
        assertThat(PGliteClusters.open())
                .extracting(PGliteClusterInfo::getName)
                .containsOnlyOnce("memory:devtools");
    }

    /** Runs the application as DevTools does, on a thread that ends. */
    private static Long start(ClassLoader loader) throws Exception {
        Class<?> application = loader.loadClass(RestartedApplication.class.getName());
        assertThat(application).isNotEqualTo(RestartedApplication.class);
        Callable<?> made = (Callable<?>) application.getConstructor().newInstance();
        FutureTask<Long> main = new FutureTask<>(() -> (Long) made.call());
        Thread thread = new Thread(main, "restartedMain");
        thread.setContextClassLoader(loader);
        thread.start();
        Long result = main.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        thread.join();
        return result;
    }

    private static URL classes() {
        return RestartedApplication.class.getProtectionDomain().getCodeSource().getLocation();
    }

    /** Returns the names of the threads of the application's cluster. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pglite-") && name.contains("memory:devtools"))
                .toList();
    }

    private boolean isBackend(String thread) {
        return thread.matches("pglite-memory:devtools-\\d+");
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
