package io.github.jdbcpglite.jdbc.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * pgjdbc in a class loader that applications share, as a server has it, and the driver in that of
 * an application: connections are made whatever the context class loader of the thread is.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClassLoadersTest {
    private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

    private static URLClassLoader shared;
    private static URLClassLoader application;

    private static boolean every(Path entry) {
        return true;
    }

    @BeforeAll
    static void deploy() {
        shared = Loaders.loader(JDK, Loaders.entries(Loaders.PGJDBC));
        application = Loaders.loader(shared, Loaders.entries(Loaders.PGJDBC.negate()));
    }

    @AfterAll
    static void undeploy() throws Exception {
        Loaders.deregister(application);
        application.close();
        shared.close();
    }

    @Test
    void contextOfTheApplication() throws Exception {
        assertThat(Loaders.answer(application, application)).isEqualTo(42);
    }

    @Test
    void contextOfWhatApplicationsShare() throws Exception {
        assertThat(Loaders.answer(application, shared)).isEqualTo(42);
    }

    /** Which has another pgjdbc and another copy of the driver. */
    @Test
    void contextOfTheSystem() throws Exception {
        assertThat(Loaders.answer(application, ClassLoader.getSystemClassLoader())).isEqualTo(42);
    }

    @Test
    void noContext() throws Exception {
        assertThat(Loaders.answer(application, null)).isEqualTo(42);
    }

    /** It must not get the connection, though it has a class of the same name. */
    @Test
    void contextOfAnotherApplication() throws Exception {
        List<Path> entries = Loaders.entries(Loaders.PGJDBC.negate());
        try (URLClassLoader other = Loaders.loader(shared, entries)) {
            assertThat(Loaders.answer(application, other)).isEqualTo(42);
        }
    }

    /**
     * What applications share has a copy of the driver too, and the application prefers its own.
     */
    @Test
    void anotherCopyBesidePgjdbc() throws Exception {
        try (URLClassLoader full = Loaders.loader(JDK, Loaders.entries(ClassLoadersTest::every));
                URLClassLoader preferring = new Preferring(full)) {
            assertThat(Loaders.answer(preferring, preferring)).isEqualTo(42);
            Loaders.deregister(preferring);
        }
    }

    @Test
    void aStrategyOfTheApplicationIsNoObstacle() throws Exception {
        Properties info = new Properties();
        info.setProperty("classLoaderStrategy", "driver");
        assertThat(Loaders.answer(application, null, info)).isEqualTo(42);
    }

    /** Loads all but pgjdbc and the JDK itself. */
    private static final class Preferring extends URLClassLoader {
        Preferring(URLClassLoader parent) {
            super(parent.getURLs(), parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.github.jdbcpglite.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
