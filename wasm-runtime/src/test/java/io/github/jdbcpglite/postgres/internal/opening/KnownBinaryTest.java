package io.github.jdbcpglite.postgres.internal.opening;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.postgres.internal.binary.PgSymbols;
import io.github.jdbcpglite.postgres.internal.distribution.DistributionException;
import org.junit.jupiter.api.Test;

class KnownBinaryTest {
    @Test
    void anotherBinaryIsRefusedByName() {
        assertThatCode(() -> KnownBinary.require(PgSymbols.WASM_SHA256, "0.5.16"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> KnownBinary.require("00ff", "0.5.99"))
                .isInstanceOf(DistributionException.class)
                .hasMessageContainingAll("0.5.99", "00ff", PgSymbols.WASM_SHA256, "same version");
    }
}
