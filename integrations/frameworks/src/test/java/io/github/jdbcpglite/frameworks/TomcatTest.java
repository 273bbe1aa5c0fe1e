package io.github.jdbcpglite.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application of Tomcat that has the driver, and shares pgjdbc with others, is redeployed. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TomcatTest {
    private static final long DEADLINE_SECONDS = 60;

    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRedeployLeavesNoClassLoader(boolean tidy) throws Exception {
        Path application = unpack();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(temp.resolve("tomcat").toString());
        tomcat.setPort(0);
        try (URLClassLoader shared = new Shared(pgjdbc())) {
            tomcat.start();
            for (int i = 0; i < 2; i++) {
                awaitCollected(deployAndUndeploy(tomcat, application, shared, tidy));
            }
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static WeakReference<ClassLoader> deployAndUndeploy(
            Tomcat tomcat, Path application, ClassLoader shared, boolean tidy) throws Exception {
        StandardContext context =
                (StandardContext) tomcat.addContext("/app", application.toString());
        context.stop();
        context.setParentClassLoader(shared);
        context.addParameter(TomcatApplication.TIDY, Boolean.toString(tidy));
        context.addApplicationListener(TomcatApplication.class.getName());
        context.start();
        assertThat(context.getServletContext().getAttribute(TomcatApplication.ANSWER))
                .isEqualTo("from postgres");
        ClassLoader loader = context.getLoader().getClassLoader();
        assertThat(loader.loadClass("io.github.jdbcpglite.jdbc.PGliteDriver").getClassLoader())
                .isSameAs(loader);
        assertThat(loader.loadClass("org.postgresql.Driver").getClassLoader()).isSameAs(shared);
        WeakReference<ClassLoader> reference = new WeakReference<>(loader);
        tomcat.getHost().removeChild(context);
        return reference;
    }

    private static void awaitCollected(WeakReference<ClassLoader> loader) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (loader.get() != null) {
            assertThat(System.nanoTime()).as("the class loader is there").isLessThan(deadline);
            System.gc();
        }
    }

    /** Makes the directory of an application with the driver and this package in it. */
    private Path unpack() throws Exception {
        Path webInf = temp.resolve("app").resolve("WEB-INF");
        Path lib = Files.createDirectories(webInf.resolve("lib"));
        for (Path jar : jars("jdbc-pglite-|runtime-|wasm-|log-")) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
        String name = TomcatApplication.class.getName().replace('.', '/') + ".class";
        Path file = webInf.resolve("classes").resolve(name);
        Files.createDirectories(file.getParent());
        try (var input = TomcatApplication.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(input, file);
        }
        return temp.resolve("app");
    }

    private static URL pgjdbc() throws Exception {
        return jars("postgresql-").get(0).toUri().toURL();
    }

    private static List<Path> jars(String prefixes) {
        List<Path> jars =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .filter(path -> name(path).matches("(" + prefixes + ").*\\.jar"))
                        .toList();
        // Before the phase package there are folders of classes in their place.
        assumeThat(jars).as("jars of this build").isNotEmpty();
        return jars;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** What applications share: pgjdbc, and Tomcat's classes, some of which it reads as files. */
    private static final class Shared extends URLClassLoader {
        Shared(URL pgjdbc) {
            super(new URL[] {pgjdbc}, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return name.startsWith("jakarta.") || name.startsWith("org.apache.")
                    ? TomcatTest.class.getClassLoader().loadClass(name)
                    : super.findClass(name);
        }

        @Override
        public @Nullable URL findResource(String name) {
            return name.startsWith("org/apache/")
                    ? TomcatTest.class.getClassLoader().getResource(name)
                    : super.findResource(name);
        }
    }
}
