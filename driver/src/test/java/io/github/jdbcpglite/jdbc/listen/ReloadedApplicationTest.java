package io.github.jdbcpglite.jdbc.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.jdbc.PGlite;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that stays open does not keep the application that has opened it. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReloadedApplicationTest {
    private static final long DEADLINE_SECONDS = 60;

    @Test
    void inMemory() throws Exception {
        isCollected("jdbc:pglite:memory:reloaded");
    }

    /** Then a shutdown hook waits for the end of the JVM too. */
    @Test
    void inADirectory(@TempDir Path temp) throws Exception {
        isCollected("jdbc:pglite:file:" + temp.resolve("db") + "?pglite.close=jvm");
    }

    private static void isCollected(String url) throws Exception {
        WeakReference<ClassLoader> loader = new WeakReference<>(run(url));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        try {
            while (loader.get() != null) {
                assertThat(System.nanoTime()).as("still there").isLessThan(deadline);
                System.gc();
            }
            assertThat(PGlite.shutDown(url)).as("the cluster was open").isTrue();
        } finally {
            PGlite.shutDown(url);
        }
    }

    /** Runs the application on a thread of its own; returns the class loader it had. */
    private static ClassLoader run(String url) throws Exception {
        ClassLoader loader = new Loader();
        Class<?> application = loader.loadClass(ReloadedApplication.class.getName());
        assertThat(application).isNotEqualTo(ReloadedApplication.class);
        Callable<?> made = (Callable<?>) application.getConstructor(String.class).newInstance(url);
        FutureTask<Object> main = new FutureTask<>(made::call);
        Thread thread = new Thread(main, "reloaded-application");
        thread.setContextClassLoader(loader);
        thread.start();
        assertThat(main.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo(true);
        thread.join();
        return loader;
    }

    /** Loads the application anew and has everything else from this test's class loader. */
    private static final class Loader extends ClassLoader {
        Loader() {
            super(ReloadedApplicationTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(ReloadedApplication.class.getName())) {
                return super.loadClass(name, resolve);
            }
            String file = name.replace('.', '/') + ".class";
            try (InputStream input = getResourceAsStream(file)) {
                if (input == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = input.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
