package io.github.jdbcpglite.conformance.server;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The oracle as a container; {@code conformance.docker.image} names another image. */
final class DockerOracle implements OracleServer {
    private final PostgreSQLContainer container;

    private DockerOracle(PostgreSQLContainer container) {
        this.container = container;
    }

    static boolean isAvailable() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static DockerOracle start() throws OracleUnavailableException {
        if (!isAvailable()) {
            throw new OracleUnavailableException("Docker does not answer");
        }
        String image = System.getProperty("conformance.docker.image", "postgres:18");
        PostgreSQLContainer container =
                new PostgreSQLContainer(
                                DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
                        .withUsername("postgres")
                        .withDatabaseName("postgres")
                        .withPassword("postgres")
                        .withEnv("POSTGRES_INITDB_ARGS", OracleServer.initdbArguments())
                        .withCommand(
                                "postgres",
                                "-c",
                                "fsync=off",
                                "-c",
                                "timezone=UTC",
                                "-c",
                                "log_timezone=UTC",
                                "-c",
                                "max_prepared_transactions=10");
        container.start();
        return new DockerOracle(container);
    }

    @Override
    public String urlTemplate() {
        return "jdbc:postgresql://"
                + container.getHost()
                + ":"
                + container.getFirstMappedPort()
                + "/{database}?user=postgres&password=postgres";
    }

    @Override
    public String kind() {
        return "container " + container.getDockerImageName();
    }

    @Override
    public void close() {
        container.stop();
    }
}
