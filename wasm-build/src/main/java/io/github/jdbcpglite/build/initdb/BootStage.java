package io.github.jdbcpglite.build.initdb;

import io.github.jdbcpglite.build.bundle.IndexFile;
import io.github.jdbcpglite.build.compile.ImageClassLoader;
import io.github.jdbcpglite.build.stage.PipelineException;
import io.github.jdbcpglite.build.stage.Progress;
import io.github.jdbcpglite.build.stage.Stage;
import io.github.jdbcpglite.build.stage.StageInputs;
import io.github.jdbcpglite.host.fs.ErrnoException;
import io.github.jdbcpglite.host.fs.memory.MemoryFileSystem;
import io.github.jdbcpglite.postgres.internal.boot.BootException;
import io.github.jdbcpglite.postgres.internal.boot.ClusterImage;
import io.github.jdbcpglite.postgres.internal.boot.ForkSource;
import io.github.jdbcpglite.postgres.internal.datadir.ClusterIdentity;
import io.github.jdbcpglite.postgres.internal.distribution.Distribution;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionLayout;
import io.github.jdbcpglite.postgres.internal.distribution.IndexLine;
import io.github.jdbcpglite.postgres.internal.opening.ClusterSettings;
import io.github.jdbcpglite.postgres.internal.postmaster.ClusterPlan;
import io.github.jdbcpglite.postgres.internal.postmaster.Postmaster;
import io.github.jdbcpglite.postgres.internal.process.ClusterCounters;
import io.github.jdbcpglite.postgres.internal.process.ClusterEnvironment;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Boots a cluster with the default settings, lets one session come and go, and keeps its memory and
 * what it changed in the data directory, so that a cluster in memory starts without booting.
 *
 * <p>The session leaves PostgreSQL's relation cache files and a checkpoint behind. What the host
 * layer's classes do is no declared input, as in the initdb stage.
 */
public final class BootStage implements Stage {
    private static final int DIRECTORY_MODE = 0700;

    private final Path assembled;
    private final Path captured;
    private final Path initdb;

    /**
     * Creates the stage.
     *
     * @param assembled output of the assemble stage
     * @param captured output of the capture stage
     * @param initdb output of the initdb stage
     */
    public BootStage(Path assembled, Path captured, Path initdb) {
        this.assembled = assembled;
        this.captured = captured;
        this.initdb = initdb;
    }

    @Override
    public String name() {
        return "boot";
    }

    @Override
    public StageInputs inputs() {
        return StageInputs.none()
                .file("assembled image", assembled)
                .file("captured main module", captured)
                .file("pgdata", initdb)
                .parameter("settings", ClusterSettings.text(ClusterSettings.defaults()))
                .code(BootStage.class, ClusterImage.class);
    }

    @Override
    public void run(Path output, Progress progress) throws IOException {
        try (ImageClassLoader loader = new ImageClassLoader(assembled, captured)) {
            Distribution image = Distribution.load(loader);
            BuildHost host = new BuildHost(image);
            addDataDirectory(initdb, host.files());
            Path target = Files.createDirectories(output.resolve(DistributionLayout.BOOT));
            ClusterImage memory = save(image, host, target);
            DataDirectory.exportChanges(
                    host.files(),
                    BuildHost.DATA_DIRECTORY,
                    initdb.resolve(DistributionLayout.PGDATA),
                    target);
            Files.write(
                    target.resolve(DistributionLayout.FIRST_CLASSES), firstClasses(host, memory));
        } catch (ErrnoException | BootException e) {
            throw new PipelineException("the cluster did not boot: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("interrupted while the cluster booted", e);
        }
    }

    /**
     * Adds the exported data directory to the files of a guest.
     *
     * @param initdb output of the initdb stage
     */
    static void addDataDirectory(Path initdb, MemoryFileSystem files)
            throws IOException, ErrnoException {
        files.addDirectory(BuildHost.DATA_DIRECTORY, DIRECTORY_MODE);
        for (IndexLine line : IndexFile.read(initdb.resolve(DistributionLayout.PGDATA_INDEX))) {
            String path = BuildHost.DATA_DIRECTORY + "/" + line.path();
            if (line.directory()) {
                files.addDirectory(path, line.mode());
            } else {
                Path file = initdb.resolve(DistributionLayout.PGDATA).resolve(line.path());
                files.addFile(path, Files.readAllBytes(file), line.mode());
            }
        }
    }

    private static ClusterPlan plan(String name, Distribution image, BuildHost host) {
        ClusterEnvironment program =
                new ClusterEnvironment(
                        GuestProgram.ENGINE,
                        image.main().module(GuestProgram.ENGINE),
                        image.binary(),
                        PostgresRunner.libraries(image),
                        absent -> null,
                        host.files(),
                        host.clock(),
                        host.random());
        return new ClusterPlan(
                name,
                program,
                ClusterSettings.DEFAULT_MAX_CONNECTIONS,
                false,
                new ClusterCounters());
    }

    /** Boots a cluster with the default settings. */
    static Postmaster boot(Distribution image, BuildHost host)
            throws BootException, InterruptedException {
        Postmaster cluster =
                Postmaster.start(
                        plan("build", image, host),
                        new ForkSource.Boot(ClusterSettings.defaults()));
        cluster.stopMaintenance();
        return cluster;
    }

    /** Returns the image's classes that a statement needs in a cluster that starts from memory. */
    private List<String> firstClasses(BuildHost host, ClusterImage memory)
            throws IOException, InterruptedException, BootException {
        try (ImageClassLoader loader = new ImageClassLoader(assembled, captured);
                Postmaster cluster =
                        Postmaster.start(
                                plan("first-classes", Distribution.load(loader), host),
                                new ForkSource.Image(memory, memory.systemIdentifier()))) {
            WireSession session = WireSession.open(cluster);
            // What pgjdbc does.
            session.query(
                    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET extra_float_digits = 3");
            session.tryExtended("SELECT 1");
            List<String> names = loader.loaded();
            session.close();
            return names;
        }
    }

    private static ClusterImage save(Distribution image, BuildHost host, Path target)
            throws BootException, InterruptedException, IOException, ErrnoException {
        try (Postmaster cluster = boot(image, host)) {
            WireSession session = WireSession.open(cluster);
            session.query("CHECKPOINT");
            // The statistics of a new cluster begin without it.
            session.query("SELECT pg_stat_reset_shared('checkpointer')");
            session.close();
            ClusterImage memory =
                    cluster.freeze(
                                    () ->
                                            ClusterIdentity.read(
                                                    host.files(), BuildHost.DATA_DIRECTORY))
                            .orElseThrow(
                                    () ->
                                            new PipelineException(
                                                    "the session has not ended:\n"
                                                            + host.errors()));
            Path file = target.resolve(DistributionLayout.CLUSTER_IMAGE);
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
                memory.write(out);
            }
            Files.writeString(
                    target.resolve(DistributionLayout.SETTINGS),
                    ClusterSettings.text(ClusterSettings.defaults()));
            return memory;
        }
    }
}
