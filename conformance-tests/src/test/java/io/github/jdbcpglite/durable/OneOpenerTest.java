package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jdbcpglite.internals.FaultyClusters;
import io.github.jdbcpglite.jdbc.Drivers;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OneOpenerTest {
    @TempDir Path temp;

    @Test
    void anotherJvmIsRefusedUntilTheFirstClosed() throws Exception {
        Path directory = temp.resolve("db");
        try (ChildJvm holder = ChildJvm.start(DirectoryHolder.class, Db.url(directory))) {
            assertThat(holder.line()).isEqualTo("open");

            assertInUse(directory, "process " + holder.pid());
            assertInUse(directory, "process " + holder.pid());

            holder.send("close");
            assertThat(holder.line()).isEqualTo("closed");
            holder.awaitExit();
        }
        assertThat(Db.state(directory)).isEqualTo(Db.SHUT_DOWN);
        assertHolds(directory, 1);
    }

    @Test
    void theLockOfAKilledJvmIsTakenOver() throws Exception {
        Path directory = temp.resolve("db");
        try (ChildJvm holder = ChildJvm.start(DirectoryHolder.class, Db.url(directory))) {
            assertThat(holder.line()).isEqualTo("open");
            holder.kill();
            holder.awaitExit();
        }
        assertThat(directory.resolve("postmaster.pid")).exists();
        assertThat(Db.state(directory)).isNotEqualTo(Db.SHUT_DOWN);
        assertHolds(directory, 1);
    }

    @Test
    void aJvmThatExitsWithoutClosingShutsTheClusterDown() throws Exception {
        Path directory = temp.resolve("db");
        try (ChildJvm holder = ChildJvm.start(DirectoryHolder.class, Db.url(directory))) {
            assertThat(holder.line()).isEqualTo("open");
            holder.send("exit");
            assertThat(holder.awaitExit()).isZero();
        }
        assertThat(Db.state(directory)).isEqualTo(Db.SHUT_DOWN);
        assertHolds(directory, 1);
    }

    @Test
    void anotherClassLoaderIsRefusedAndDoesNotEndTheLock() throws Exception {
        Path directory = temp.resolve("db");
        try (Connection connection = Db.open(directory)) {
            Db.run(connection, "create table held(i int)", "insert into held values (1)");
            try (URLClassLoader other =
                    new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
                SQLException refused =
                        catchThrowableOfType(
                                SQLException.class, () -> connectIn(other, Db.url(directory)));
                assertThat(refused.getMessage()).contains("this JVM, by another class loader");
                assertThat(refused.getSQLState()).isEqualTo("55006");
            }
            // A POSIX lock would be gone if the refused one had so much as opened the file.
            try (ChildJvm child = ChildJvm.start(DirectoryHolder.class, Db.url(directory))) {
                assertThat(child.line()).isNull();
                assertThat(child.awaitExit()).isNotZero();
            }
        }
        assertHolds(directory, 1);
    }

    private static void connectIn(ClassLoader loader, String url) throws Exception {
        Class<?> driver = loader.loadClass("io.github.jdbcpglite.jdbc.PGliteDriver");
        try {
            Driver other = (Driver) driver.getConstructor().newInstance();
            other.connect(url, new Properties()).close();
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } finally {
            driver.getMethod("deregister").invoke(null);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    @Test
    void aLivePostgresqlServerIsRespected() throws Exception {
        Path directory = temp.resolve("db");
        Db.open(directory).close();
        Path pidFile = directory.resolve("postmaster.pid");
        // A process that lives and is not this JVM: its parent.
        long server = ProcessHandle.current().parent().orElseThrow().pid();
        String rest = "\n" + directory + "\n" + Instant.now().getEpochSecond() + "\n5432\n";
        Files.writeString(pidFile, server + rest);

        assertInUse(directory, "PostgreSQL server, process " + server);
        assertThat(pidFile).hasContent(server + rest);

        Files.delete(pidFile);
        Db.open(directory).close();
    }

    @Test
    void thePidFileOfADeadServerIsTakenOver() throws Exception {
        Path directory = temp.resolve("db");
        Db.open(directory).close();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.writeString(
                directory.resolve("postmaster.pid"),
                ended.pid() + "\n" + directory + "\n" + Instant.now().getEpochSecond() + "\n");
        Db.open(directory).close();
        assertThat(directory.resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void aPidThatBelongsToAnotherProcessByNowIsNoServer() throws Exception {
        Path directory = temp.resolve("db");
        Db.open(directory).close();
        long other = ProcessHandle.current().parent().orElseThrow().pid();
        Files.writeString(
                directory.resolve("postmaster.pid"), other + "\n" + directory + "\n1000000000\n");
        Db.open(directory).close();
    }

    @Test
    void ourOwnPidFileTellsServersOfPostgresqlThatThisJvmHasIt() throws Exception {
        Path directory = temp.resolve("db");
        try (Connection connection = Db.open(directory)) {
            assertThat(Db.value(connection, "select 1")).isEqualTo("1");
            List<String> lines = Files.readAllLines(directory.resolve("postmaster.pid"));
            assertThat(lines.get(0)).isEqualTo("-" + ProcessHandle.current().pid());
        }
    }

    /** Wherever a JVM is killed, the next one finds a file that it knows for a dead one's. */
    @Test
    void thePidFileIsOursAtEveryMomentOfAnOpeningAndClosing() throws Exception {
        Path directory = temp.resolve("db");
        Path pidFile = directory.resolve("postmaster.pid");
        Set<String> seen = ConcurrentHashMap.newKeySet();
        FaultyClusters clusters = new FaultyClusters();
        clusters.fail(
                (operation, path) -> {
                    seen.add(firstLine(pidFile));
                    return null;
                });
        Driver driver = Drivers.of(clusters.factory());
        for (int i = 0; i < 2; i++) {
            try (Connection connection = driver.connect(Db.url(directory), new Properties())) {
                Db.run(connection, "create table t" + i + "(i int)");
            }
        }
        assertThat(seen).containsExactly("-" + ProcessHandle.current().pid());
        assertThat(pidFile).doesNotExist();
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("nothing");
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void assertInUse(Path directory, String holder) {
        SQLException refused =
                catchThrowableOfType(SQLException.class, () -> Db.open(directory).close());
        assertThat(refused.getMessage()).contains(holder).contains(directory.toString());
        assertThat(refused.getSQLState()).isEqualTo("55006");
    }

    private static void assertHolds(Path directory, int rows) throws SQLException {
        try (Connection connection = Db.open(directory)) {
            assertThat(Db.value(connection, "select count(*) from held"))
                    .isEqualTo(Integer.toString(rows));
        }
    }
}
