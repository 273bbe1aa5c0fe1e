package io.github.jdbcpglite.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jdbcpglite.jdbc.PGlite;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Databases moved between PGlite in Node and this driver, through PGlite's {@code dumpDataDir} and
 * {@code loadDataDir}. Skipped without Node or without the npm package that the build has cached.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeExchangeTest {
    private static final String PACKAGE = "electric-sql-pglite-0.5.16.tgz";
    private static final String SCRIPT =
            """
            import fs from 'fs';
            const [,, library, mode, file] = process.argv;
            const {PGlite} = await import(library);
            if (mode === 'dump') {
              const db = await PGlite.create();
              await db.exec(`create table t(i int primary key, x text);
                insert into t select i, 'row ' || i from generate_series(1, 500) i;`);
              const dump = await db.dumpDataDir('gzip');
              fs.writeFileSync(file, Buffer.from(await dump.arrayBuffer()));
              await db.close();
            } else {
              const db = await PGlite.create({loadDataDir: new Blob([fs.readFileSync(file)])});
              const result = await db.query('select count(*)::int as n, sum(i)::int as s from t');
              console.log(result.rows[0].n + ',' + result.rows[0].s);
              await db.close();
            }
            """;

    @TempDir static Path temp;
    private static Path library;

    @BeforeAll
    static void unpackPglite() throws IOException, InterruptedException {
        Path archive =
                Path.of(
                        System.getProperty(
                                "pglite.npm",
                                Path.of(
                                                System.getProperty("user.home"),
                                                ".cache/jdbc-pglite",
                                                PACKAGE)
                                        .toString()));
        assumeTrue(Files.exists(archive), "no " + archive);
        assumeTrue(hasNode(), "no node");
        Path target = temp.resolve("pglite");
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                Path path = target.resolve(entry.getName());
                if (entry.isFile() && path.normalize().startsWith(target)) {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                }
                entry = tar.getNextEntry();
            }
        }
        library = target.resolve("package/dist/index.js");
        Files.writeString(temp.resolve("exchange.mjs"), SCRIPT);
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String node(String mode, Path file) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                "node",
                                temp.resolve("exchange.mjs").toString(),
                                library.toString(),
                                mode,
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit status of node").isZero();
        return output.strip();
    }

    private static String memory() {
        return "jdbc:pglite:memory:node-" + UUID.randomUUID() + "?pglite.close=last";
    }

    @Test
    void whatPgliteDumpedIsOpenedInMemoryAndInADirectory() throws Exception {
        Path dump = temp.resolve("node.tar.gz");
        node("dump", dump);
        for (String url : new String[] {memory() + "&", Db.url(temp.resolve("from-node")) + "?"}) {
            try (Connection connection = DriverManager.getConnection(url + "pglite.load=" + dump)) {
                assertThat(Db.value(connection, "select count(*), sum(i) from t"))
                        .isEqualTo("500,125250");
                Db.run(connection, "insert into t values (501, 'more')", "checkpoint");
            }
        }
        try (Connection again = Db.open(temp.resolve("from-node"))) {
            assertThat(Db.value(again, "select max(i) from t")).isEqualTo("501");
        }
    }

    @Test
    void whatWasBackedUpHereIsLoadedByPglite() throws Exception {
        Path backup = temp.resolve("jvm.tar.gz");
        String url = memory();
        try (Connection connection = DriverManager.getConnection(url)) {
            Db.run(
                    connection,
                    "create table t(i int primary key, x text)",
                    "insert into t select i, 'row ' || i from generate_series(1, 700) i");
            PGlite.backup(url, backup);
        }
        assertThat(node("load", backup)).isEqualTo("700,245350");
    }
}
