package io.github.jdbcpglite.engine.nativecode;

import static io.github.jdbcpglite.engine.Signature.Type.F64;
import static io.github.jdbcpglite.engine.Signature.Type.I32;
import static io.github.jdbcpglite.engine.Signature.Type.I64;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jdbcpglite.engine.Signature;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same numbers as the translator's {@code SignatureTest} has. */
final class SignatureNumbersTest {
    @Test
    void aDigitForTheResultAndEachParameterFollowsAOne() {
        assertThat(SignatureNumbers.of(new Signature(List.of(), List.of()))).isEqualTo(5);
        assertThat(SignatureNumbers.of(new Signature(List.of(I32), List.of(I32)))).isEqualTo(31);
        assertThat(SignatureNumbers.of(new Signature(List.of(I32, I64, F64), List.of(I64))))
                .isEqualTo((((5 + 2) * 5 + 1) * 5 + 2) * 5 + 4);
    }
}
