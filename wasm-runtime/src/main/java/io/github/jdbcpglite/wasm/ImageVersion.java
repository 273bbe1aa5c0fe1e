package io.github.jdbcpglite.wasm;

/**
 * What an image was made from.
 *
 * @param postgres the version of PostgreSQL
 * @param pglite the version of the npm package
 */
public record ImageVersion(String postgres, String pglite) {}
