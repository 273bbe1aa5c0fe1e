package io.github.jdbcpglite.build.nativecode;

import static io.github.jdbcpglite.build.wasm.ValType.EXTERNREF;
import static io.github.jdbcpglite.build.wasm.ValType.F32;
import static io.github.jdbcpglite.build.wasm.ValType.F64;
import static io.github.jdbcpglite.build.wasm.ValType.I32;
import static io.github.jdbcpglite.build.wasm.ValType.I64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jdbcpglite.build.wasm.FuncType;
import io.github.jdbcpglite.build.wasm.ValType;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The number of a type is what the engine computes too, so it is written down here. */
final class SignatureTest {
    private static Signature signature(List<ValType> params, ValType... results) {
        return new Signature(new FuncType(params, List.of(results)));
    }

    @Test
    void numberHasADigitForTheResultAndEachParameter() {
        assertThat(signature(List.of()).number()).isEqualTo(5);
        assertThat(signature(List.of(), I32).number()).isEqualTo(6);
        assertThat(signature(List.of(), F64).number()).isEqualTo(9);
        assertThat(signature(List.of(I32)).number()).isEqualTo(5 * 5 + 1);
        assertThat(signature(List.of(I64, F32), I32).number()).isEqualTo(((5 + 1) * 5 + 2) * 5 + 3);
    }

    @Test
    void numberOfTwentyFiveParametersIsPositive() {
        assertThat(signature(Collections.nCopies(25, F64), F64).number()).isPositive();
    }

    @Test
    void numberOfMoreIsAHashOfTheLetters() {
        // printf %s i_iiiiiiiiiiiiiiiiiiiiiiiiii | sha256sum, with the highest bit set
        assertThat(signature(Collections.nCopies(26, I32), I32).number())
                .isEqualTo(0xD2174A7358D731FBL);
        assertThat(signature(List.of(I32), I32, I64).number()).isEqualTo(0xAFEA3CBCB848DC77L);
    }

    @Test
    void numbersDiffer() {
        Set<Long> numbers = new HashSet<>();
        int count = 0;
        for (int params = 0; params < 40; params++) {
            for (ValType type : List.of(I32, I64, F32, F64)) {
                for (int results = 0; results < 4; results++) {
                    List<ValType> all = Collections.nCopies(params, type);
                    numbers.add(
                            new Signature(new FuncType(all, Collections.nCopies(results, F32)))
                                    .number());
                    count += params == 0 && type != I32 ? 0 : 1;
                }
            }
        }
        assertThat(numbers).hasSize(count);
    }

    @Test
    void referencesAreRefused() {
        Signature signature = signature(List.of(EXTERNREF));
        assertThat(signature.isTranslatable()).isFalse();
        assertThatThrownBy(signature::number)
                .isInstanceOf(TranslationException.class)
                .hasMessageContaining("EXTERNREF");
    }
}
