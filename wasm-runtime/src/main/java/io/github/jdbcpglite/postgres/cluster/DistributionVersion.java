package io.github.jdbcpglite.postgres.cluster;

/**
 * What an image was made from.
 *
 * @param postgres the version of PostgreSQL
 * @param pglite the version of the npm package
 */
public record DistributionVersion(String postgres, String pglite) {}
