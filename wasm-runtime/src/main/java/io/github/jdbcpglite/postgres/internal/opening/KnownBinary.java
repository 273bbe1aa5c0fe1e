package io.github.jdbcpglite.postgres.internal.opening;

import io.github.jdbcpglite.postgres.internal.binary.PgSymbols;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionException;

/** Checks that a distribution is of the binary whose addresses this runtime has. Stateless. */
final class KnownBinary {
    private KnownBinary() {}

    /**
     * Checks it.
     *
     * @param wasmSha256 of the {@code pglite.wasm} that the distribution was made from
     * @param pgliteVersion for the message
     * @throws DistributionException if it is another one
     */
    static void require(String wasmSha256, String pgliteVersion) {
        if (!wasmSha256.equals(PgSymbols.WASM_SHA256)) {
            throw new DistributionException(
                    "the image of PGlite "
                            + pgliteVersion
                            + " was made from a pglite.wasm with SHA-256 "
                            + wasmSha256
                            + ", but this runtime knows the addresses of "
                            + PgSymbols.WASM_SHA256
                            + "; use jdbc-pglite-image and jdbc-pglite-wasm-runtime of the same"
                            + " version");
        }
    }
}
